// Starts before, inside and beyond the collection.
var $c : Collection
$c:=Split string("a,b,c,d,e,f,g,h,i,j,e,k,e"; ",")
ALERT(String($c.lastIndexOf("e"))+" "+String($c.lastIndexOf("e"; 6))+" "+String($c.lastIndexOf("e"; 15))+" "+String($c.lastIndexOf("e"; -2))+" "+String($c.lastIndexOf("x")))
ALERT(String($c.lastIndexOf("a"; 0))+" "+String($c.lastIndexOf("a"; -14))+" "+String($c.lastIndexOf("A"; 1)))
ALERT(String($c.indexOf("e"; 5))+" "+String($c.indexOf("e"; 99))+" "+String($c.indexOf("e"; -1))+" "+String($c.indexOf("a"; -99)))
ALERT(String([1; 2; 3].indexOf(3))+" "+String([1; 2; 3].indexOf("3"))+" "+String([True; False].indexOf(False))+" "+String([1; Null].indexOf(Null)))
ALERT(String([1; 2].includes(2; 1))+String([1; 2].includes(1; 1))+String(["Alan"].includes("al@")))
