package dev.polycert.whole.bench;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The vendor's own SDK in a process of its own, used as a script would use it. */
final class Sdk implements AutoCloseable {
  private final JvmProcess process;

  Sdk(URI vendor) throws IOException {
    process =
        new JvmProcess(
            List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Sdk.class.getName(),
                vendor.getAuthority()),
            Map.of(),
            Path.of("").toAbsolutePath());
  }

  JvmProcess process() {
    return process;
  }

  /**
   * Makes those of our calls for every domain.
   *
   * @param atOnce domains at the same time, each on a virtual thread; with 1 it is a plain loop
   * @param operations what we were seen to call for a domain
   */
  void run(String prefix, int domains, int atOnce, List<String> operations) {
    try {
      process.say("%s %d %d %s".formatted(prefix, domains, atOnce, String.join(",", operations)));
      process.await("^done$");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws Exception {
    process.close();
  }

  /** Does the runs that are asked for on its input, until the input ends. */
  public static void main(String[] arguments) throws Exception {
    SslClient client = client(arguments[0]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] run = line.split(" ");
      List<String> names = Vendor.domains(run[0], Integer.parseInt(run[1]));
      all(client, names, Integer.parseInt(run[2]), Arrays.asList(run[3].split(",")));
      System.out.println("done");
    }
  }

  private static void all(SslClient client, List<String> names, int atOnce, List<String> operations)
      throws Exception {
    if (atOnce == 1) {
      for (String name : names) {
        one(client, name, operations);
      }
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (String name : names) {
        running.add(
            threads.submit(
                () -> {
                  one(client, name, operations);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** The calls of one domain: is there a certificate, apply, what to publish, is it published. */
  private static void one(SslClient client, String domain, List<String> operations)
      throws TencentCloudSDKException {
    String id = "";
    for (String operation : operations) {
      switch (operation) {
        case "DescribeCertificates" -> {
          DescribeCertificatesRequest request = new DescribeCertificatesRequest();
          request.setSearchKey(domain);
          request.setLimit(100L);
          need(client.DescribeCertificates(request));
        }
        case "ApplyCertificate" -> {
          ApplyCertificateRequest request = new ApplyCertificateRequest();
          request.setDvAuthMethod("DNS");
          request.setDomainName(domain);
          id = client.ApplyCertificate(request).getCertificateId();
        }
        case "DescribeCertificate" -> {
          DescribeCertificateRequest request = new DescribeCertificateRequest();
          request.setCertificateId(id);
          need(client.DescribeCertificate(request));
        }
        case "CheckCertificateDomainVerification" -> {
          var request = new CheckCertificateDomainVerificationRequest();
          request.setCertificateId(id);
          need(client.CheckCertificateDomainVerification(request));
        }
        default -> throw new IllegalArgumentException(operation + ": unknown here");
      }
    }
  }

  private static void need(AbstractModel answer) {
    if (answer == null) {
      throw new IllegalStateException("no answer");
    }
  }

  private static SslClient client(String authority) {
    HttpProfile http = new HttpProfile();
    http.setProtocol(HttpProfile.REQ_HTTP);
    http.setEndpoint(authority);
    return new SslClient(
        new Credential(
            Vendor.KEYS.get("TENCENTCLOUD_SECRET_ID"), Vendor.KEYS.get("TENCENTCLOUD_SECRET_KEY")),
        "",
        new ClientProfile(ClientProfile.SIGN_TC3_256, http));
  }
}
