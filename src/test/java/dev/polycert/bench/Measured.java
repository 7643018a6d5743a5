package dev.polycert.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;

/**
 * What some work took in this process.
 *
 * @param cpu of all threads, the collector's and the compiler's too
 * @param peakHeap the sum of the heap pools' peaks, in bytes
 * @param heapAfterGc in bytes
 */
record Measured(
    String what, Duration wall, Duration cpu, int calls, long peakHeap, long heapAfterGc) {

  /** Does the work, which is that many calls at the vendor. */
  static Measured of(String what, int calls, Runnable work) {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long cpuBefore = cpuNanos();
    long before = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - before;
    long cpu = cpuNanos() - cpuBefore;
    long peak = heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.gc();
    long after = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Measured(what, Duration.ofNanos(wall), Duration.ofNanos(cpu), calls, peak, after);
  }

  /** The same, once it is known how many calls it was. */
  Measured withCalls(int counted) {
    return new Measured(what, wall, cpu, counted, peakHeap, heapAfterGc);
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  double cpuMillisPerCall() {
    return cpu.toNanos() / 1e6 / calls;
  }

  static String head() {
    return "%-46s %9s %7s %12s %10s %13s"
        .formatted("", "wall s", "calls", "CPU ms/call", "peak MiB", "after GC MiB");
  }

  String row() {
    return "%-46s %9.2f %7d %12.2f %10.1f %13.1f"
        .formatted(
            what,
            wall.toNanos() / 1e9,
            calls,
            cpuMillisPerCall(),
            peakHeap / 1048576.0,
            heapAfterGc / 1048576.0);
  }

  /** This one as multiples of the other. */
  String ratio(Measured other) {
    return "%-46s %9.2f %7s %12.2f %10.2f %13.2f"
        .formatted(
            what + " / " + other.what,
            wall.toNanos() * 1.0 / other.wall.toNanos(),
            "",
            cpuMillisPerCall() / other.cpuMillisPerCall(),
            peakHeap * 1.0 / other.peakHeap,
            heapAfterGc * 1.0 / other.heapAfterGc);
  }
}
