package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.PerAccount;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out under which id Tencent Cloud SSL has a certificate, and brings it there where it has
 * not: the products of Tencent Cloud name certificates by that id.
 */
@PerAccount
public class HostedCertificates {
  private final TencentSslProvider provider;

  HostedCertificates(TencentSslProvider provider) {
    this.provider = provider;
  }

  /**
   * Returns the id. A certificate that this account got from the service has one; any other is
   * uploaded. Because {@code Repeatable} is false, a repeated upload is answered with the first id.
   *
   * @param alias its name in the console
   * @param project null for the default one
   */
  public Uni<Answer<String>> id(
      Consignment consignment, String alias, @Nullable Long project, WriteContext context) {
    Optional<String> own = own(consignment, consignment.source().reference());
    if (own.isPresent()) {
      return Answer.of(own.get()).now();
    }
    Map<String, @Nullable Object> request = new HashMap<>();
    request.put("CertificatePublicKey", consignment.certificate().fullChain());
    request.put(
        "CertificatePrivateKey",
        Objects.requireNonNull(consignment.certificate().privateKey()).reveal());
    request.put("CertificateType", "SVR");
    request.put("Alias", alias);
    request.put("Repeatable", false);
    request.put("ProjectId", project);
    return provider.api().upload(request, context).map(answer -> answer.map(SslApi.Uploaded::id));
  }

  /** The id of the certificate that an order of this service renews; empty for others. */
  public Optional<String> renewed(Consignment consignment) {
    return own(consignment, consignment.source().renewed());
  }

  /** Whether the service surely has no certificate of that id. */
  public Uni<Boolean> isGone(String id, CallContext context) {
    return provider
        .api()
        .describe(id, context)
        .map(SslApi::orAbsent)
        .map(answer -> answer instanceof Answer.Failed<?>(Failure.Absent absent));
  }

  private Optional<String> own(Consignment consignment, @Nullable Reference reference) {
    Consignment.Source source = consignment.source();
    boolean ours =
        NamedAccount.service(source.provider()).equals(TencentSslProvider.ID)
            && source.account().equals(provider.account().id());
    return ours && reference != null
        ? Optional.ofNullable(reference.ids().get(SslProgress.CERTIFICATE_ID))
        : Optional.empty();
  }
}
