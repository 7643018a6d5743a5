package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.AccessKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a key by which a machine pulls a certificate. It is no Lambda function, as pulling is none:
 * there every route has an authoriser that knows no such keys.
 */
@ApplicationScoped
public class MakePullKey implements Operation {
  private final AccessKeys keys;

  MakePullKey(AccessKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "make-pull-key";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/pull-keys", Scope.EXPORT_KEY));
  }

  @Override
  public Uni<PullKeyView> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<PullKeyView> run(JsonNode input, Principal caller, Instant deadline) {
    Fields fields = Fields.of(input);
    DomainName domain = name(fields, "domain");
    DomainName suffix = name(fields, "suffix");
    String note = fields.text("note", 200);
    if (fields.has("domain") == fields.has("suffix")) {
      fields.error(
          "domain", "expected either domain, for one certificate, or suffix, for all below a name");
    }
    if (suffix != null && (suffix.wildcard() || suffix.isAddress())) {
      fields.error("suffix", "expected a name without *., such as example.com");
    }
    fields.finish();
    DomainName wanted = Objects.requireNonNull(domain == null ? suffix : domain);
    new Limits(caller).domains(domain == null ? "suffix" : "domain", List.of(wanted)).require();
    return keys.make(caller, wanted, domain == null, note)
        .map(made -> PullKeyView.of(made.key(), made.secret()));
  }

  private static @Nullable DomainName name(Fields fields, String member) {
    String text = fields.text(member);
    try {
      return text == null ? null : DomainName.ofHost(text);
    } catch (DomainName.InvalidNameException wrong) {
      fields.error(member, String.valueOf(wrong.getMessage()));
      return null;
    }
  }
}
