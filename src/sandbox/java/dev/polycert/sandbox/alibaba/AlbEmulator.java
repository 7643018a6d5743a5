package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import dev.polycert.sandbox.alibaba.CasCertificates.Use;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The certificates of listeners of Alibaba Cloud ALB, API 2020-06-16. A listener is there when it
 * is first named, and refuses the first change after another one, which it is still making.
 */
@ApplicationScoped
public class AlbEmulator implements ForwardingEmulator {
  private static final int MOST_ADDITIONAL = 25;
  private static final Refusal CONFIGURING =
      new Refusal(400, "IncorrectStatus.Listener", "The status of listener is incorrect.");
  private static final Refusal NO_LISTENER =
      new Refusal(
          404, "ResourceNotFound.Listener", "The specified resource listener is not found.");
  private static final Refusal NO_CERTIFICATE =
      new Refusal(
          404, "ResourceNotFound.Certificate", "The specified resource certificate is not found.");
  private static final Refusal FULL =
      new Refusal(
          400, "QuotaExceeded.AdditionalCertificatesNum", "The quota of certificates is used up.");

  private final World world;
  private final CasCertificates certificates;
  private final AcsGateway gateway;
  private final Map<String, Listener> listeners = new TreeMap<>();

  public AlbEmulator(World world, CasCertificates certificates) {
    this.world = world;
    this.certificates = certificates;
    world.onReset(listeners::clear);
    certificates.usedBy(
        () ->
            listeners.entrySet().stream()
                .flatMap(
                    each ->
                        each.getValue().all().stream()
                            .map(one -> new Use("ALB", each.getKey(), one))));
    gateway =
        new AcsGateway(
            world,
            "alibaba-alb",
            "Alb",
            "2020-06-16",
            Map.of(
                "ListListenerCertificates",
                this::list,
                "UpdateListenerAttribute",
                parameters -> change(parameters, (listener, id) -> listener.byDefault = id),
                "AssociateAdditionalCertificatesWithListener",
                this::associate,
                "DissociateAdditionalCertificatesFromListener",
                parameters ->
                    change(parameters, (listener, id) -> listener.additional.remove(id))));
  }

  private static final class Listener {
    private String byDefault = "";
    private final List<String> additional = new ArrayList<>();
    private boolean configuring;

    private List<String> all() {
      var all = new ArrayList<>(additional);
      if (!byDefault.isEmpty()) {
        all.add(byDefault);
      }
      return all;
    }
  }

  /** What is done to a listener. */
  private interface Change {
    void make(Listener listener, String certificate);
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  private Answer list(Query parameters) {
    return with(
        parameters,
        listener -> {
          var fields = instance.objectNode();
          var array = fields.putArray("Certificates");
          Consumer<String> add =
              id ->
                  array
                      .addObject()
                      .put("CertificateId", id)
                      .put("CertificateType", "Server")
                      .put("IsDefault", id.equals(listener.byDefault))
                      .put("Status", "Associated");
          listener.all().forEach(add);
          return new Success(
              fields.put("TotalCount", listener.all().size()).put("MaxResults", 100));
        });
  }

  private Answer with(Query parameters, java.util.function.Function<Listener, Answer> answer) {
    var id = parameters.text("ListenerId").orElse("");
    return id.startsWith("lsn-") && !id.equals("lsn-none")
        ? answer.apply(listeners.computeIfAbsent(id, first -> new Listener()))
        : NO_LISTENER;
  }

  private Answer associate(Query parameters) {
    return with(
        parameters,
        listener ->
            listener.additional.size() >= MOST_ADDITIONAL
                ? FULL
                : change(
                    parameters,
                    (one, id) -> {
                      if (!one.additional.contains(id)) {
                        one.additional.add(id);
                      }
                    }));
  }

  private Answer change(Query parameters, Change change) {
    return with(
        parameters,
        listener -> {
          var id = parameters.text("Certificates.1.CertificateId").orElse("");
          if (id.isEmpty()) {
            return Refusals.missing("Certificates");
          }
          if (certificates.find(id).filter(one -> one.identifier().equals(id)).isEmpty()) {
            return NO_CERTIFICATE;
          }
          if (listener.configuring) {
            listener.configuring = false;
            return CONFIGURING;
          }
          change.make(listener, id);
          listener.configuring = true;
          return new Success(
              instance.objectNode().put("JobId", world.requestId().toLowerCase(Locale.ROOT)));
        });
  }
}
