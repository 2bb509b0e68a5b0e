// test: only linux
// Another program: what it reads, what it writes, its folder and environment, and one that is not there.
var $in; $out; $err : Text
var $blob : Blob
var $pid : Integer
$in:="line"
LAUNCH EXTERNAL PROCESS("/bin/cat"; $in; $out; $err; $pid)
ALERT($out+" "+String(OK)+" "+String($pid>0))
LAUNCH EXTERNAL PROCESS("sh -c 'echo out; echo err >&2; exit 3'"; ""; $out; $err)
ALERT($out+$err+String(OK))
SET ENVIRONMENT VARIABLE("GREETING"; "hello")
SET ENVIRONMENT VARIABLE("_4D_OPTION_CURRENT_DIRECTORY"; "/")
LAUNCH EXTERNAL PROCESS("sh -c 'echo $GREETING; pwd'"; ""; $out)
ALERT($out)
SET ENVIRONMENT VARIABLE("GREETING"; "")
LAUNCH EXTERNAL PROCESS("sh -c 'echo [$GREETING]'"; ""; $blob)
ALERT(String(BLOB size($blob)))
LAUNCH EXTERNAL PROCESS("no-such-program-anywhere"; ""; $out)
ALERT(String(OK))
