#pragma once
#include "a/src/lib.rs.h"
#include <extra.h>

int both(int32_t value);
