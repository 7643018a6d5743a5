package dev.polycert.vendor.alibaba.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what the tests of the vendor's own SDK for Go expect. */
class OssSignerTest {

  @ParameterizedTest
  @CsvSource({
    "1702743657, , 20231216, e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe",
    "1702784856, token, 20231217, b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea"
  })
  void signsAsTheVendorDoes(long second, String token, String day, String signature) {
    Instant time = Instant.ofEpochSecond(second);
    Map<String, String> headers =
        new HashMap<>(
            Map.of(
                "x-oss-head1", "value",
                "abc", "value",
                "zabc", "value",
                "xyz", "value",
                "content-type", "text/plain",
                "x-oss-content-sha256", "UNSIGNED-PAYLOAD",
                "x-oss-date", second == 1702743657 ? "20231216T162057Z" : "20231217T034736Z"));
    if (token != null) {
      headers.put("x-oss-security-token", token);
    }

    assertThat(
            OssSigner.authorization(
                "ak",
                "sk",
                "cn-hangzhou",
                time,
                "PUT",
                "/bucket/1234%2B-/123/1.txt",
                OssSigner.canonicalQuery(
                    "param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2="),
                headers))
        .isEqualTo(
            "OSS4-HMAC-SHA256 Credential=ak/%s/cn-hangzhou/oss/aliyun_v4_request,Signature=%s"
                .formatted(day, signature));
  }

  @ParameterizedTest
  @CsvSource({
    "https://oss-cn-hangzhou.aliyuncs.com/demo/, https://demo.oss-cn-hangzhou.aliyuncs.com/?cname",
    "http://127.0.0.1:8089/demo/, http://127.0.0.1:8089/demo/?cname"
  })
  void theBucketIsInTheNameOfAHostOfTheVendor(URI before, URI after) {
    assertThat(OssSigner.addressed(before, "demo", "cname")).isEqualTo(after);
  }

  @Test
  void aParameterWithoutAValueHasNoEqualsSign() {
    assertThat(OssSigner.canonicalQuery("comp=add&cname=")).isEqualTo("cname&comp=add");
  }
}
