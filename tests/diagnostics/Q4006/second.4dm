ALERT("hello")
//%attributes = {"invisible":true}
