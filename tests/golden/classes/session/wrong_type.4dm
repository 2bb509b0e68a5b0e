// test: error 54
// Neither a number nor a text: a type problem.
ALERT(JSON Stringify(Session info(New object("ID"; 1))))
