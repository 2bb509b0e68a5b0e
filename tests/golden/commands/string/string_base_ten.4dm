// A base of 10 prints as ECMAScript's toString does: every digit that counts, an exponent from 1e21 and below 1e-6.
ALERT(String(1e20; 10)+" "+String(1e21; 10)+" "+String(-1.5e25; 10))
ALERT(String(0.000001; 10)+" "+String(0.0000001; 10)+" "+String(-0.00000025; 10))
ALERT(String(0.1+0.2; 10)+" "+String(-0; 10)+" "+String(0*-1; 10)+" "+String(1/3; 10))
