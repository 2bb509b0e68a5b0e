// Tags of every kind; what they give is a template again, but for the form with $.
var $out : Text
var $people : Collection
PROCESS 4D TAGS("$4DTEXT($1)|$4DHTML($1)|$4DEVAL(1+(2*3))"; $out; "<b>")
ALERT($out)
PROCESS 4D TAGS("<!--#4DEVAL $1--> <!--#4DTEXT $1-->"; $out; "<!--#4DEVAL 1+1-->")
ALERT($out)
PROCESS 4D TAGS("$4DEVAL($1)"; $out; "<!--#4DEVAL 1+1-->")
ALERT($out)
$people:=New collection(New object("name"; "Ann"); New object("name"; "Bo"))
PROCESS 4D TAGS("<!--#4DEACH $p in $1-->[<!--#4DTEXT $p.name-->]<!--#4DENDEACH-->"; $out; $people)
ALERT($out)
PROCESS 4D TAGS("<!--#4DEACH $k in $1--><!--#4DTEXT $k-->=<!--#4DTEXT $1[$k]-->;<!--#4DENDEACH-->"; $out; New object("a"; 1; "b"; 2))
ALERT($out)
PROCESS 4D TAGS("<!--#4DEVAL $i:=0--><!--#4DLOOP ($i<4)--><!--#4DEVAL $i--><!--#4DEVAL $i:=$i+1--><!--#4DENDLOOP-->"; $out)
ALERT($out)
PROCESS 4D TAGS("<!--#4DCODE\nvar $sum; $n : Integer\nFor ($n; 1; 4)\n$sum:=$sum+$n\nEnd for\n--><!--#4DTEXT $sum-->"; $out)
ALERT($out)
PROCESS 4D TAGS("<!--#4DIF ($1=1)-->one<!--#4DELSEIF ($1=2)-->two<!--#4DELSE-->many<!--#4DENDIF-->"; $out; 2)
ALERT($out)
PROCESS 4D TAGS("<!--#4DSCRIPT/Greet/you-->"; $out)
ALERT($out)
// Arrays by pointer.
ARRAY TEXT($names; 2)
$names{1}:="hello"
$names{2}:="world"
PROCESS 4D TAGS("<!--#4DEVAL $1--><!--#4DLOOP $2--><!--#4DEVAL $2->{$2->}--> <!--#4DENDLOOP-->"; $out; "elements = "; ->$names)
ALERT($out)
// Problems are written into the text.
PROCESS 4D TAGS("<!--#4DIF (1)-->x<!--#4DENDIF-->"; $out)
ALERT($out)
PROCESS 4D TAGS("<!--#4DIF (True)-->x"; $out)
ALERT($out)
PROCESS 4D TAGS("<!--#4DINCLUDE nothing.html-->"; $out)
ALERT($out)
PROCESS 4D TAGS("<!--#4DEVAL Fail-->"; $out)
ALERT($out)
