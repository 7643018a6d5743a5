package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.AddBucketCnameRequest;
import com.aliyun.oss.model.CertificateConfiguration;
import com.aliyun.oss.model.CnameConfiguration;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.CasCertificates;
import dev.polycert.sandbox.alibaba.CasEmulator;
import dev.polycert.sandbox.alibaba.OssEmulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OSS' own SDK gives domain names of buckets certificates of CAS at the emulated OSS. */
class OssJudgeTest {
  private static final String DOMAIN = "www.example.com";
  private static final Map<World, CasCertificates> SHARED = new ConcurrentHashMap<>();

  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(EsaSdk.KEYS, shared(CasEmulator::new), shared(OssEmulator::new));

  private static Function<World, VendorEmulator> shared(
      BiFunction<World, CasCertificates, VendorEmulator> vendor) {
    return world -> vendor.apply(world, SHARED.computeIfAbsent(world, CasCertificates::new));
  }

  private static OSS oss(String secret) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(SignVersion.V4);
    configuration.setMaxErrorRetry(0);
    configuration.setSLDEnabled(true);
    return OSSClientBuilder.create()
        .endpoint(SANDBOX.uri("").toString())
        .credentialsProvider(new DefaultCredentialProvider(Capture.KEY_ID, secret))
        .region("cn-hangzhou")
        .clientConfiguration(configuration)
        .build();
  }

  private static String upload() throws Exception {
    CertificateBundle export = IssuedCertificates.issued(DOMAIN);
    return new EsaSdk("127.0.0.1:" + SANDBOX.uri("/").getPort(), Capture.SECRET, "2020-04-07")
            .call(
                "UploadUserCertificate",
                Map.of(
                    "Name",
                    "n" + System.identityHashCode(export),
                    "Cert",
                    export.fullChain(),
                    "Key",
                    export.privateKey().reveal()))
            .path("CertId")
            .asText()
        + "-cn-hangzhou";
  }

  private static AddBucketCnameRequest request(String certificate) {
    return new AddBucketCnameRequest("demo-bucket")
        .withDomain(DOMAIN)
        .withCertificateConfiguration(new CertificateConfiguration().withId(certificate));
  }

  @Test
  void theSdkSetsAndSeesTheCertificateOfADomainName() throws Exception {
    OSS oss = oss(Capture.SECRET);
    String certificate = upload();
    oss.addBucketCname(request(certificate));

    List<CnameConfiguration> seen = oss.getBucketCname("demo-bucket");

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().getDomain()).isEqualTo(DOMAIN);
    assertThat(seen.getFirst().getCertId()).isEqualTo(certificate);
    AddBucketCnameRequest other = request(upload());
    assertThat(code(() -> oss.addBucketCname(other))).isEqualTo("CertificateNotMatch");
    other.getCertificateConfiguration().setForceOverwriteCert(true);
    oss.addBucketCname(other);
    assertThat(oss.getBucketCname("demo-bucket").getFirst().getCertId())
        .isEqualTo(other.getCertificateConfiguration().getId());
    oss.shutdown();
  }

  @Test
  void theSdkIsRefusedWhatTheVendorRefuses() {
    OSS oss = oss(Capture.SECRET);
    assertThat(code(() -> oss.getBucketCname("none-bucket"))).isEqualTo("NoSuchBucket");
    assertThat(code(() -> oss.addBucketCname(request("1-cn-hangzhou"))))
        .isEqualTo("InvalidArgument");
    oss.shutdown();
    OSS stranger = oss("not-the-secret");
    assertThat(code(() -> stranger.getBucketCname("demo-bucket")))
        .isEqualTo("SignatureDoesNotMatch");
    stranger.shutdown();
  }

  private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    OSSException error = catchThrowableOfType(OSSException.class, call);
    assertThat(error).as("the call was not refused").isNotNull();
    assertThat(error.getRequestId()).isNotBlank();
    return error.getErrorCode();
  }
}
