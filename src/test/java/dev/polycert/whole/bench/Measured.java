package dev.polycert.whole.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServerConnection;

/**
 * What some work took in another process.
 *
 * @param cpu of all threads, the collector's and the compiler's too
 * @param peakHeap the sum of the heap pools' peaks, in bytes
 * @param heapAfterGc in bytes
 */
record Measured(Duration wall, Duration cpu, long peakHeap, long heapAfterGc) {

  /** Has the process do the work. */
  static Measured of(JvmProcess process, Runnable work) throws Exception {
    MBeanServerConnection beans = process.beans();
    MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(beans, OperatingSystemMXBean.class);
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class).stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    memory.gc();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    long cpuBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - before;
    long cpu = system.getProcessCpuTime() - cpuBefore;
    long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    memory.gc();
    long after = memory.getHeapMemoryUsage().getUsed();
    return new Measured(Duration.ofNanos(wall), Duration.ofNanos(cpu), peak, after);
  }

  double seconds() {
    return wall.toNanos() / 1e9;
  }

  double cpuMillis() {
    return cpu.toNanos() / 1e6;
  }

  double peakMebibytes() {
    return peakHeap / 1048576.0;
  }

  double mebibytesAfterGc() {
    return heapAfterGc / 1048576.0;
  }
}
