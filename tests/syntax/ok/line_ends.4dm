#!/usr/bin/env quatre
$x:=1$y:=2
﻿$z:=3