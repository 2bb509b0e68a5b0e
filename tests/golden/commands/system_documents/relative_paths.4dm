// A name without a folder is in the folder of the project, or of the script; a path that is not there has no folder.
ALERT(String(Test path name("relative_paths.4dm")))
ALERT(String(Test path name("no such thing"))+" "+String(Test path name("")))
ALERT(String(Get document size("relative_paths.out")))
ALERT(String(Convert path system to POSIX("a b.txt")=(Folder("/PACKAGE/").platformPath+"a b.txt")))
ALERT(Convert path system to POSIX("/a b/é.txt"; *))
ALERT(Convert path POSIX to system("/a%20b/%C3%A9%.txt"; *))
ALERT(Convert path POSIX to system("/a%20b"))
