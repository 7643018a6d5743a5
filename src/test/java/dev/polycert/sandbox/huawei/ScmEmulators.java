package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;

/** Hands the emulated Huawei Cloud to tests of other packages. */
public final class ScmEmulators {
  private ScmEmulators() {}

  public static VendorEmulator scm(World world) {
    return new ScmEmulator(world);
  }

  public static VendorEmulator dns(World world) {
    return new HuaweiDnsEmulator(world);
  }
}
