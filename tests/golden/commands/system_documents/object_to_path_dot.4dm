// The extension may come without its dot, and may be missing.
ALERT(Object to path({parentFolder: "/a/b/"; name: "c"; extension: "d"}))
ALERT(Object to path({parentFolder: "/a/b/"; name: "c"; extension: ".d"}))
ALERT(Object to path({parentFolder: "/a/b/"; name: "c"; extension: ""}))
ALERT(Object to path({parentFolder: "/a/b/"; name: "c"; isFolder: True}))
