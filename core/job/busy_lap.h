// Gives a stage the time since the last lap when it goes, however the work is left.
//
//   const BusyLap busy(host, lap);
//   return host.As<SinkStage>().Write(document);
#pragma once

#include "core/job/lap_clock.h"
#include "core/job/stage_host.h"

namespace garner {

class BusyLap {
 public:
  BusyLap(StageHost& host, LapClock& lap) : host_(host), lap_(lap) {}
  ~BusyLap() { host_.AddBusy(lap_.Take()); }
  BusyLap(const BusyLap&) = delete;
  BusyLap& operator=(const BusyLap&) = delete;

 private:
  StageHost& host_;
  LapClock& lap_;
};

}  // namespace garner
