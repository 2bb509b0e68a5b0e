// In a worker the callbacks run without `wait`, and the program goes on until they have.
CALL WORKER("helper"; "Listen"; "one")
