// What goes wrong, in the class and in the commands.
#DECLARE($server : Text)
var $base; $text; $path : Text
var $r : 4D.HTTPRequest
var $status; $i : Integer
ARRAY TEXT($names; 1)
ARRAY TEXT($values; 1)
$base:="http://"+$server
For each ($path; New collection("/cut"; "/rubbish"; "/close"))
	$r:=4D.HTTPRequest.new($base+$path).wait(10)
	ALERT($path+" "+String($r.errors[0].errCode)+" "+String(Undefined($r.response)))
End for each
$r:=4D.HTTPRequest.new("http://127.0.0.1:1/").wait(10)
ALERT(String($r.errors[0].errCode)+" "+String($r.terminated))
$r:=4D.HTTPRequest.new("http://no.such.host.invalid/").wait(20)
ALERT(String($r.errors[0].errCode))
$r:=4D.HTTPRequest.new("https://"+$server+"/hello").wait(10)
ALERT(String($r.errors[0].errCode))
$r:=4D.HTTPRequest.new($base+"/slow"; New object("timeout"; 0.2)).wait(10)
ALERT(String($r.errors[0].errCode)+" "+String($r.timeout))
For ($i; 1; 13)
	Try
		Case of
			: ($i=1)
				$r:=4D.HTTPRequest.new("ftp://a/b")
			: ($i=2)
				$r:=4D.HTTPRequest.new($base; New object("dataType"; "picture"))
			: ($i=3)
				$r:=4D.HTTPRequest.new($base; New object("onData"; "text"))
			: ($i=4)
				$r:=4D.HTTPRequest.new($base; New object("headers"; New object("A"; "1\r\nB: 2")))
			: ($i=5)
				$r:=4D.HTTPRequest.new($base; New object("returnResponseBody"; False))
			: ($i=6)
				$r:=4D.HTTPRequest.new($base; New object("agent"; New object))
			: ($i=7)
				$r:=4D.HTTPRequest.new($base; New object("method"; "GET /x"))
			: ($i=8)
				$r:=4D.HTTPRequest.new($base; New object("minTLSVersion"; "SSLv3"))
			: ($i=9)
				$status:=HTTP Get("http://127.0.0.1:1/"; $text)
			: ($i=10)
				$names{1}:="A b"
				$status:=HTTP Get($base+"/hello"; $text; $names; $values)
			: ($i=11)
				HTTP SET OPTION(99; 1)
			: ($i=12)
				HTTP SET CERTIFICATES FOLDER("/no/such/folder/")
			: ($i=13)
				HTTP SET OPTION(HTTP timeout; 1)
				$status:=HTTP Get($base+"/slow"; $text)
		End case
		ALERT("no error in "+String($i))
	Catch
		ALERT(String($i)+": "+String(Last errors[0].errCode))
	End try
End for
