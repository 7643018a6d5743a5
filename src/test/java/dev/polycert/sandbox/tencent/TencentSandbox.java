package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.RunningSandbox;
import java.util.Map;

/** A sandbox of Tencent alone, for tests of other packages. */
public final class TencentSandbox {
  /** The environment of a process that calls it. */
  public static final Map<String, String> CREDENTIALS = Tencent.CREDENTIALS;

  private TencentSandbox() {}

  public static RunningSandbox create() {
    return create(CREDENTIALS);
  }

  /** With the keys of these variables. */
  public static RunningSandbox create(Map<String, String> credentials) {
    return new RunningSandbox(credentials, TencentSslEmulator::new, TencentEdgeOneEmulator::new);
  }
}
