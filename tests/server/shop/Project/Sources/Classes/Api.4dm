shared singleton Class constructor()
	
Function read($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	var $reply:=4D.OutgoingMessage.new()
	$reply.setBody({verb: $request.verb; path: $request.urlPath; query: $request.urlQuery; agent: $request.getHeader("USER-AGENT")})
	return $reply
	
Function write($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	var $reply:=4D.OutgoingMessage.new()
	$reply.setBody("got "+String($request.getJSON().n))
	$reply.setStatus(201)
	$reply.setHeader("X-Made"; "yes")
	return $reply
	
Function restore($request : 4D.IncomingMessage) : 4D.OutgoingMessage
	var $reply:=4D.OutgoingMessage.new()
	$reply.setBody(String(Session.restore($request.urlQuery.state))+" "+Session.userName)
	return $reply
