package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;

/** Hands the emulated Tencent Cloud to tests of other packages. */
public final class TencentEmulators {
  private TencentEmulators() {}

  public static VendorEmulator ssl(World world) {
    return new TencentSslEmulator(world);
  }

  public static VendorEmulator edgeOne(World world) {
    return new TencentEdgeOneEmulator(world);
  }

  public static VendorEmulator dnspod(World world) {
    return new DnspodEmulator(world);
  }
}
