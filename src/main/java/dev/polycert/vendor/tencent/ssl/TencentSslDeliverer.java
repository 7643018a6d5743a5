package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Uploads certificates to Tencent Cloud SSL, where its other products find them. A renewal is
 * another certificate with an id of its own; the one before stays, and whatever uses it.
 */
@ApplicationScoped
public class TencentSslDeliverer implements Deliverer {
  private static final String ALIAS = "alias";
  private static final String PROJECT_ID = "projectId";
  private static final int LONGEST_ALIAS = 200;

  private static final Descriptor SERVICE =
      SslApi.PRODUCT
          .service(
              TencentSslProvider.ID, "Tencent Cloud SSL; a renewal is another certificate there")
          .option(ALIAS, "name of the certificate in the console; the domain when not given")
          .option(
              PROJECT_ID,
              "number of the project that the certificate belongs to; 0 when not given");

  private final TencentSslProvider provider;

  TencentSslDeliverer(TencentSslProvider provider) {
    this.provider = provider;
  }

  @Override
  public Service service() {
    return new Service(SERVICE, provider.account());
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    if (!options.getOrDefault(PROJECT_ID, "0").matches("\\d{1,9}")) {
      wrong.put(PROJECT_ID, "must be a number such as 0");
    }
    if (options.getOrDefault(ALIAS, "").length() > LONGEST_ALIAS) {
      wrong.put(ALIAS, "must have at most " + LONGEST_ALIAS + " characters");
    }
    return wrong;
  }

  /** The certificate requirements of Tencent Cloud show keys in OpenSSL's own form. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  /** Repeated, it is answered with the id of the first time: {@code Repeatable} is false. */
  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    String project = options.get(PROJECT_ID);
    Map<String, @Nullable Object> request = new HashMap<>();
    request.put("CertificatePublicKey", certificate.fullChain());
    request.put("CertificatePrivateKey", Objects.requireNonNull(certificate.privateKey()).reveal());
    request.put("CertificateType", "SVR");
    request.put("Alias", options.getOrDefault(ALIAS, domain.ascii()));
    request.put("Repeatable", false);
    request.put("ProjectId", project == null ? null : Long.valueOf(project));
    return provider.api().upload(request, context).map(answer -> answer.map(SslApi.Uploaded::id));
  }
}
