// Placeholders by number, by name and by path; names with any characters; settings.
var $c : Collection
var $settings : Object
$c:=[]
$c.push({name: "Marie"; born: !1970-03-01!; softwares: {w: 1}})
$c.push({name: "Sophie"; born: !1980-03-01!; softwares: {w: 2}})
$c[0].softwares["Word 10.2"]:="Installed"
$settings:={parameters: {who: {name: "sophie"}; year: "1975-01-01"}; attributes: {att: "name"; word: ["softwares"; "Word 10.2"]}}
ALERT(JSON Stringify($c.query(":att = :who.name"; $settings).extract("name")))
ALERT(JSON Stringify($c.query(":word = 'installed'"; $settings).extract("name")))
ALERT(JSON Stringify($c.query("born > :year"; $settings).extract("name")))
ALERT(JSON Stringify($c.query("born < :1 and :2 = 1"; "1975-01-01"; "softwares.w").extract("name")))
ALERT(JSON Stringify($c.query("born = 1980-03-01").extract("name")))
ALERT(JSON Stringify($c.query("not (name in :1)"; ["Marie"; "Jane"]).extract("name")))
ALERT(JSON Stringify($c.query("name = 'Jo' or name = S@ except softwares.w = 1").extract("name")))
Try
  $c.query("name = :nobody"; $settings)
Catch
  ALERT(Last errors[0].message)
End try
Try
  $c.query("name = 'x' order by name")
Catch
  ALERT(Last errors[0].message)
End try
Try
  $c.query("eval(True)"; {allowFormulas: False})
Catch
  ALERT(Last errors[0].message)
End try
