/* Running one scenario, step by step, and writing down what happened. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "request.h"

void run_scenario(const struct request *request);

#endif
