#DECLARE($url : Text; $content : Text; $client : Text; $server : Text; $user : Text; $password : Text)

Case of
	: ($url="/fail")
		var $nothing : Object
		$nothing.call()
	: ($url="/moved")
		WEB SEND HTTP REDIRECT("/there is")
	: ($url="/info")
		WEB SEND TEXT(JSON Stringify(Session.info); "application/json")
	: ($url="/whoami")
		WEB SEND TEXT(WEB Get current session ID+" "+Session.userName+" "+String(Session.isGuest()); "text/plain")
	: ($url="/login@")
		Session.setPrivileges({privileges: "seller"; userName: "Ada"})
		WEB SEND TEXT("welcome"; "text/plain")
	: ($url="/otp")
		WEB SEND TEXT(Session.createOTP(); "text/plain")
	: ($url="/slow")
		DELAY PROCESS(Current process; 60)
		WEB SEND TEXT("slept"; "text/plain")
	: ($url="/pieces")
		var $i : Integer
		var $piece : Blob
		For ($i; 1; 3)
			TEXT TO BLOB("["+String($i)+"]"; $piece; UTF8 text without length)
			WEB SEND RAW DATA($piece; *)
		End for 
	: ($url="/variables@")
		ARRAY TEXT($names; 0)
		ARRAY TEXT($values; 0)
		WEB GET VARIABLES($names; $values)
		WEB SEND TEXT($names{1}+"="+$values{1}; "text/plain")
	: ($url="/echo@")
		WEB SEND TEXT("<p>"+Substring($url; 7)+"</p>")
	: ($url="/server")
		WEB SEND TEXT(String(WEB Server.isRunning)+" "+WEB Server.sessionCookieName; "text/plain")
	: ($url="/header")
		ARRAY TEXT($fields; 2)
		ARRAY TEXT($contents; 2)
		$fields{1}:="X-STATUS"
		$contents{1}:="418 teapot"
		$fields{2}:="X-Own"
		$contents{2}:="yes"
		WEB SET HTTP HEADER($fields; $contents)
		WEB SEND TEXT("short and stout"; "text/plain")
	: ($url="/stop")
		QUIT 4D
		WEB SEND TEXT("bye"; "text/plain")
	: ($url="/@.nothing")
		WEB SET HTTP HEADER($url)
	Else 
		WEB SEND TEXT("connection "+$url; "text/plain")
End case 
