package dev.polycert.vendor.alibaba.esa;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of {@code alibaba-esa} alone. */
@ConfigMapping(prefix = "polycert.alibaba-esa")
public interface EsaConfig {

  /**
   * Which of the vendor's sites the account belongs to: {@code cn-hangzhou} for aliyun.com, {@code
   * ap-southeast-1} for alibabacloud.com.
   */
  @WithDefault("cn-hangzhou")
  Region region();

  /** The two places where ESA's API is served. */
  enum Region {
    CN_HANGZHOU("https://esa.cn-hangzhou.aliyuncs.com"),
    AP_SOUTHEAST_1("https://esa.ap-southeast-1.aliyuncs.com");

    private final String endpoint;

    Region(String endpoint) {
      this.endpoint = endpoint;
    }

    String endpoint() {
      return endpoint;
    }
  }
}
