#pragma once

// What other modules take from here: the sources that they give, the follower that holds the index, and the rule asked
// over its view.

#include "trace/exposure.hpp"
#include "trace/follower.hpp"
#include "trace/source.hpp"
