package dev.polycert.sandbox;

import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.sandbox.alibaba.CasCertificates;
import dev.polycert.sandbox.alibaba.CasEmulator;
import dev.polycert.sandbox.alibaba.EsaEmulator;
import dev.polycert.sandbox.aws.AcmEmulator;
import dev.polycert.sandbox.huawei.ScmEmulator;
import dev.polycert.sandbox.tencent.DnspodEmulator;
import dev.polycert.sandbox.tencent.TencentEdgeOneEmulator;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import java.util.HashMap;
import java.util.Map;

/** A sandbox of every provider, and of one DNS service, for tests of whole processes. */
public final class EveryVendor {
  /** The environment of a process that calls those that are configured with the sandbox. */
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

  /** The environment of a process that calls all of them. */
  public static Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(KEYS);
    all.putAll(ContractProfile.MORE);
    all.put("AWS_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000");
    all.put("AWS_SECRET_ACCESS_KEY", "fake-secret-key-for-tests-only");
    return all;
  }

  public static RunningSandbox create() {
    return new RunningSandbox(
        environment(),
        TencentSslEmulator::new,
        TencentEdgeOneEmulator::new,
        DnspodEmulator::new,
        EsaEmulator::new,
        world -> new CasEmulator(world, new CasCertificates(world)),
        ScmEmulator::new,
        AcmEmulator::new);
  }
}
