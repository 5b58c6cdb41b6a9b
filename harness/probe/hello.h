/* What the probe says about itself and its surroundings before it reads anything. */
#ifndef HELLO_H
#define HELLO_H

#include "huge_pages.h"
#include "settle.h"

void say_hello(bool maps_others, struct huge_pages huge_pages);

#endif
