WEB SEND TEXT("secret"; "text/plain")
