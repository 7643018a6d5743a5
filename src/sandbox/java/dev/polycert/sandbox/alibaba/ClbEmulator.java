package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Server certificates and HTTPS listeners of Alibaba Cloud CLB, API 2014-05-15. A load balancer is
 * there when it is first named, with a listener for HTTPS on every port but 80.
 */
@ApplicationScoped
public class ClbEmulator implements ForwardingEmulator {
  private static final String FIRST = "first-certificate";
  private static final Refusal NO_CERTIFICATE =
      new Refusal(
          404,
          "InvalidServerCertificateId.NotFound",
          "The ServerCertificateId provided does not exist.");
  private static final Refusal IN_USE =
      new Refusal(
          400, "CertificateAndPrivateKeyIsRefered", "Certificate and PrivateKey Is Refered.");
  private static final Refusal NO_LISTENER =
      new Refusal(404, "ListenerNotFound", "The specified listener does not exist.");

  private final World world;
  private final AcsGateway gateway;
  private final List<Uploaded> uploads = new ArrayList<>();
  private final Map<String, String> listeners = new TreeMap<>();
  private final List<Extension> extensions = new ArrayList<>();

  public ClbEmulator(World world) {
    this.world = world;
    world.onReset(
        () -> {
          uploads.clear();
          listeners.clear();
          extensions.clear();
        });
    gateway =
        new AcsGateway(
            world,
            "alibaba-clb",
            "Slb",
            "2014-05-15",
            Map.of(
                "UploadServerCertificate", this::upload,
                "DescribeServerCertificates", this::certificates,
                "DeleteServerCertificate", this::delete,
                "DescribeLoadBalancerHTTPSListenerAttribute", this::listener,
                "SetLoadBalancerHTTPSListenerAttribute", this::setListener,
                "DescribeDomainExtensions", this::extensions,
                "CreateDomainExtension", this::createExtension,
                "SetDomainExtensionAttribute", this::setExtension));
  }

  private record Uploaded(String region, String id, String name, CertificateFacts facts) {}

  private record Extension(String id, String listener, String domain, String certificate) {}

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  private Answer upload(Query parameters) {
    var refusal =
        Refusals.missing(parameters, "RegionId")
            .or(() -> KeyPairs.refusal(parameters, "ServerCertificate", "PrivateKey"));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var name = parameters.text("ServerCertificateName").orElse("");
    if (!name.matches("[A-Za-z][A-Za-z0-9._-]{0,79}")) {
      return Refusals.invalid("ServerCertificateName", "1 to 80 letters, digits and ._-");
    }
    var facts =
        CertificateFacts.of(parameters.text("ServerCertificate").orElseThrow()).orElseThrow();
    var uploaded =
        new Uploaded(
            parameters.text("RegionId").orElseThrow(),
            "1231579085529123_" + world.random(11, "0123456789abcdef"),
            name,
            facts);
    uploads.add(uploaded);
    world.ledger("alibaba-clb", "UploadServerCertificate", facts.names().getFirst(), uploaded.id());
    return new Success(json(uploaded));
  }

  private static ObjectNode json(Uploaded one) {
    return instance
        .objectNode()
        .put("ServerCertificateId", one.id())
        .put("ServerCertificateName", one.name())
        .put("RegionId", one.region())
        .put("CommonName", one.facts().commonName())
        .put("IsAliCloudCertificate", 0)
        // SHA-1, of which nothing is known here but the form.
        .put("Fingerprint", "02:df:ab:ed:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00");
  }

  private Answer certificates(Query parameters) {
    var fields = instance.objectNode();
    var array = fields.putObject("ServerCertificates").putArray("ServerCertificate");
    uploads.stream()
        .filter(one -> parameters.text("RegionId").filter(one.region()::equals).isPresent())
        .forEach(one -> array.add(json(one)));
    return new Success(fields);
  }

  private Answer delete(Query parameters) {
    return with(
        parameters,
        one -> {
          if (listeners.containsValue(one.id())
              || extensions.stream().anyMatch(it -> it.certificate().equals(one.id()))) {
            return IN_USE;
          }
          uploads.remove(one);
          return new Success(instance.objectNode());
        });
  }

  private Answer with(Query parameters, Function<Uploaded, Answer> answer) {
    return uploads.stream()
        .filter(one -> parameters.text("ServerCertificateId").filter(one.id()::equals).isPresent())
        .filter(one -> parameters.text("RegionId").filter(one.region()::equals).isPresent())
        .findFirst()
        .map(answer)
        .orElse(NO_CERTIFICATE);
  }

  private static Optional<String> listenerOf(Query parameters) {
    var port = parameters.text("ListenerPort").filter(text -> !text.equals("80"));
    return parameters
        .text("LoadBalancerId")
        .flatMap(balancer -> port.map(number -> balancer + ":" + number));
  }

  private Answer listener(Query parameters) {
    return listenerOf(parameters)
        .<Answer>map(
            listener ->
                new Success(
                    instance
                        .objectNode()
                        .put("ListenerPort", parameters.text("ListenerPort").orElseThrow())
                        .put("Status", "running")
                        .put("ServerCertificateId", listeners.getOrDefault(listener, FIRST))))
        .orElse(NO_LISTENER);
  }

  private Answer setListener(Query parameters) {
    return listenerOf(parameters)
        .map(
            listener ->
                with(
                    parameters,
                    one -> {
                      listeners.put(listener, one.id());
                      return new Success(instance.objectNode());
                    }))
        .orElse(NO_LISTENER);
  }

  private Answer extensions(Query parameters) {
    var fields = instance.objectNode();
    var array = fields.putObject("DomainExtensions").putArray("DomainExtension");
    var listener = listenerOf(parameters);
    extensions.stream()
        .filter(one -> listener.filter(one.listener()::equals).isPresent())
        .forEach(
            one ->
                array
                    .addObject()
                    .put("DomainExtensionId", one.id())
                    .put("Domain", one.domain())
                    .put("ServerCertificateId", one.certificate()));
    return new Success(fields);
  }

  private Answer createExtension(Query parameters) {
    var domain = parameters.text("Domain").orElse("");
    var listener = listenerOf(parameters);
    if (listener.isEmpty()) {
      return NO_LISTENER;
    }
    if (extensions.stream()
        .anyMatch(one -> one.listener().equals(listener.get()) && one.domain().equals(domain))) {
      return new Refusal(400, "DomainExtensionProcessing", "The domain extension exists.");
    }
    return with(
        parameters,
        one -> {
          var made =
              new Extension(
                  "de-" + world.random(10, "0123456789abcdef"), listener.get(), domain, one.id());
          extensions.add(made);
          return new Success(instance.objectNode().put("DomainExtensionId", made.id()));
        });
  }

  private Answer setExtension(Query parameters) {
    return with(
        parameters,
        one -> {
          var found =
              extensions.stream()
                  .filter(
                      it ->
                          parameters.text("DomainExtensionId").filter(it.id()::equals).isPresent())
                  .findFirst();
          if (found.isEmpty()) {
            return Refusals.invalid("DomainExtensionId", "the id of a domain extension");
          }
          extensions.remove(found.get());
          extensions.add(
              new Extension(
                  found.get().id(), found.get().listener(), found.get().domain(), one.id()));
          return new Success(instance.objectNode());
        });
  }
}
