package dev.polycert.vendor.huawei.scm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of {@code huawei-scm} alone. */
@ConfigMapping(prefix = "polycert.huawei-scm")
public interface ScmConfig {

  /**
   * Which of the vendor's sites the account belongs to: {@code cn-north-4} for huaweicloud.com in
   * China, {@code ap-southeast-1} for the international one.
   */
  @WithDefault("cn-north-4")
  Region region();

  /**
   * Which API applies: {@code v3}, or {@code v2}, the historical "complete", which wants the
   * organisation of every applicant.
   */
  @WithDefault("v3")
  ApiVersion apiVersion();

  /** The places where SCM's API is served. */
  enum Region {
    CN_NORTH_4("https://scm.cn-north-4.myhuaweicloud.com"),
    AP_SOUTHEAST_1("https://scm.ap-southeast-1.myhuaweicloud.com");

    private final String endpoint;

    Region(String endpoint) {
      this.endpoint = endpoint;
    }

    String endpoint() {
      return endpoint;
    }
  }

  /** The two forms of applying. */
  enum ApiVersion {
    V2,
    V3
  }
}
