package dev.polycert.vendor.huawei.waf;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.FINAL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Client;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Failure;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Paging;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls WAF's operations on certificates in one project.
 *
 * @param enterpriseProject null for the default one
 */
record WafClient(
    Client<WafApi> client,
    String project,
    @Nullable String enterpriseProject,
    WriteContext context) {

  /** "cert.illegal", "cert.expired" and "certificate.not.found". */
  private static final String[] OF_THE_CERTIFICATE = {
    "WAF.00011019", "WAF.00011021", "WAF.00014020"
  };

  /**
   * "Error Codes", as far as these operations have them. The list is not complete: what is not here
   * is classified by its HTTP status.
   */
  static final ErrorTable ERRORS =
      HuaweiEnvelope.gatewayErrors()
          // "name.duplicate"
          .put(ALREADY_APPLIED, "WAF.00011016")
          .put(FINAL, "WAF.00011001", "WAF.00011002", "WAF.00011003", "WAF.00011004")
          .put(FINAL, "WAF.00011005", "WAF.00011006", "WAF.00011010", "WAF.00011011")
          .put(FINAL, "WAF.00011012", "WAF.00011014", "WAF.00011015")
          .put(FINAL, OF_THE_CERTIFICATE)
          .build();

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);
  private static final int A_PAGE = 50;
  private static final int ALL_PAGES = Integer.MAX_VALUE;
  private static final String PREMIUM = "premium";

  /**
   * A protected domain.
   *
   * @param premium whether it is protected by a dedicated instance, and not in the cloud
   */
  record Host(String id, boolean premium) {}

  /**
   * A certificate that is there.
   *
   * @param hosts the domains that use it
   */
  record Held(String id, String name, Set<Host> hosts) {

    Held {
      hosts = Set.copyOf(hosts);
    }
  }

  /**
   * Lists certificates with the domains that use them: all pages, so that one that is not among
   * them is not there.
   *
   * @param name part of the names of those that are wanted; null for all
   */
  Uni<Answer<List<Held>>> list(@Nullable String name) {
    Decoder<Paging.Page<Held>> decoder =
        ENVELOPE.decoder(
            root ->
                root.path("items").isArray()
                    ? Optional.of(
                        new Paging.Page<>(
                            root.path("items").valueStream().map(WafClient::held).toList(),
                            root.path("total").asLong()))
                    : Optional.empty(),
            "items");
    return Paging.all(
            ALL_PAGES,
            index ->
                client.read(
                    "ListCertificates",
                    context,
                    api ->
                        api.listCertificates(
                            project, project, enterpriseProject, index + 1, A_PAGE, name, true),
                    decoder))
        .map(listed -> listed.map(Paging.Page::items));
  }

  Uni<Answer<Held>> create(String name, CertificateBundle bundle) {
    byte[] body =
        JsonBody.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("content", bundle.fullChain())
                .put("key", Pem.text(Objects.requireNonNull(bundle.privateKey()).reveal())));
    return client.write(
        "CreateCertificate",
        context,
        api -> api.createCertificate(project, project, enterpriseProject, body),
        ENVELOPE.decoder(
            root -> Optional.of(held(root)).filter(held -> !held.id.isEmpty()),
            "the certificate's id"));
  }

  /** Makes domains use a certificate; an answer that lacks one of them is malformed. */
  Uni<Answer<Held>> apply(String id, Collection<Host> hosts) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Host host : hosts) {
      root.withArray(host.premium ? "premium_host_ids" : "cloud_host_ids").add(host.id);
    }
    byte[] body = JsonBody.of(root);
    Set<String> wanted = ids(hosts);
    return client.write(
        "ApplyCertificateToHost",
        context,
        api -> api.applyCertificateToHost(project, project, id, enterpriseProject, body),
        ENVELOPE.decoder(
            answer -> Optional.of(held(answer)).filter(held -> ids(held.hosts).containsAll(wanted)),
            "the domains " + wanted));
  }

  /**
   * Whether a refusal to make domains use a certificate may be due to one of them: that is so
   * unless it concerns the certificate itself.
   */
  static boolean isOfADomain(Failure failure) {
    return failure.isRefused(ErrorClass.FINAL)
        && Arrays.stream(OF_THE_CERTIFICATE).noneMatch(failure::isRefused);
  }

  Uni<Answer<String>> delete(String id) {
    return client.write(
        "DeleteCertificate",
        context,
        api -> api.deleteCertificate(project, project, id, enterpriseProject),
        ENVELOPE.decoder(root -> Optional.of(id), "anything"));
  }

  private static Set<String> ids(Collection<Host> hosts) {
    return hosts.stream().map(Host::id).collect(Collectors.toCollection(HashSet::new));
  }

  private static Held held(JsonNode item) {
    List<Host> hosts =
        item.path("bind_host")
            .valueStream()
            .map(
                host ->
                    new Host(
                        host.path("id").asText(),
                        PREMIUM.equals(JsonEnvelope.first(host, "waf_type"))))
            .toList();
    return new Held(
        item.path("id").asText(), item.path("name").asText(), new LinkedHashSet<>(hosts));
  }
}
