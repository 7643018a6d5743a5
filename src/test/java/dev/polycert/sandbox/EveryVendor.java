package dev.polycert.sandbox;

import dev.polycert.sandbox.alibaba.EsaEmulator;
import dev.polycert.sandbox.huawei.ScmEmulator;
import dev.polycert.sandbox.tencent.DnspodEmulator;
import dev.polycert.sandbox.tencent.TencentEdgeOneEmulator;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import java.util.Map;

/** A sandbox of every provider, and of one DNS service, for tests of whole processes. */
public final class EveryVendor {
  /** The environment of a process that calls it. */
  public static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", "FAKEAKEXAMPLE0000000",
          "TENCENTCLOUD_SECRET_KEY", "fake-secret-key-for-tests-only",
          "ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000",
          "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_AK", "FAKEAKEXAMPLE0000000",
          "HUAWEICLOUD_SDK_SK", "fake-secret-key-for-tests-only",
          "HUAWEICLOUD_SDK_PROJECT_ID", "00000000000000000000000000000000");

  private EveryVendor() {}

  public static RunningSandbox create() {
    return new RunningSandbox(
        KEYS,
        TencentSslEmulator::new,
        TencentEdgeOneEmulator::new,
        DnspodEmulator::new,
        EsaEmulator::new,
        ScmEmulator::new);
  }
}
