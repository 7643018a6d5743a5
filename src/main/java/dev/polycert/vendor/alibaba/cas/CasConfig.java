package dev.polycert.vendor.alibaba.cas;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of Alibaba Cloud's CAS. */
@ConfigMapping(prefix = "polycert.alibaba-cas")
public interface CasConfig {

  /**
   * Which of the vendor's sites the account belongs to: {@code cn-hangzhou} for aliyun.com, {@code
   * ap-southeast-1} for alibabacloud.com.
   */
  @WithDefault("cn-hangzhou")
  Region region();

  /** The two places where CAS keeps certificates. */
  enum Region {
    CN_HANGZHOU("cn-hangzhou", "https://cas.aliyuncs.com"),
    AP_SOUTHEAST_1("ap-southeast-1", "https://cas.ap-southeast-1.aliyuncs.com");

    private final String id;
    private final String endpoint;

    Region(String id, String endpoint) {
      this.id = id;
      this.endpoint = endpoint;
    }

    String id() {
      return id;
    }

    String endpoint() {
      return endpoint;
    }
  }
}
