// The test program is its own worker, as `garner worker` is: jobs with isolated stages start /proc/self/exe.
#include <gtest/gtest.h>
#include <unistd.h>

#include <string_view>

#include "core/isolation/child_process.h"
#include "core/isolation/worker.h"
#include "garner/init.h"

int main(int argc, char** argv) {
  garner::InitializeLibraries();
  if (argc == 2 && std::string_view(argv[1]) == "worker") _exit(garner::RunWorker(garner::kWorkerSocket));
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
