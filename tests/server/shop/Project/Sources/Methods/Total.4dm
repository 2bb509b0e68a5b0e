//%attributes = {"publishedWeb":true}
WEB SEND TEXT(String(Storage.counts.visits); "text/plain")
