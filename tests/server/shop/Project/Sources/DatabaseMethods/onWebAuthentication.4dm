#DECLARE($url : Text; $content : Text; $client : Text; $server : Text; $user : Text; $password : Text) -> $accept : Boolean

$accept:=$url#"/forbidden@"
