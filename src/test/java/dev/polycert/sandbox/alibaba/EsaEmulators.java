package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;

/** Hands the emulated Alibaba Cloud to tests of other packages. */
public final class EsaEmulators {
  private EsaEmulators() {}

  public static VendorEmulator esa(World world) {
    return new EsaEmulator(world);
  }

  public static VendorEmulator alidns(World world) {
    return new AlidnsEmulator(world);
  }
}
