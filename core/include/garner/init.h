// One-time initialisation of the libraries that are not safe to initialise from several threads. Call from main, before threads.
#pragma once

namespace garner {

void InitializeLibraries();

}  // namespace garner
