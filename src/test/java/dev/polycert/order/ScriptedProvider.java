package dev.polycert.order;

import jakarta.ws.rs.DELETE;
import dev.polycert.call.CallContext;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Deployment;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A provider that answers as a test says, step by step, and keeps what it was asked. An answer that
 * the test did not give is an error, so that no step happens unseen.
 */
public final class ScriptedProvider implements CertificateProvider {
  public enum Call {
    PREPARE,
    PLACE,
    FIND,
    CHECK,
    LOOK,
    SUBMIT,
    CANCEL,
    DELETE,
    REVOKE
  }

  private static final Set<Call> WRITES =
      Set.of(Call.PLACE, Call.SUBMIT, Call.CANCEL, Call.DELETE, Call.REVOKE);

  public final List<Call> calls = new ArrayList<>();
  final List<Application> seen = new ArrayList<>();
  List<String> missing = List.of();
  Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.RENEWAL_WINDOW));
  Result<Export> export;
  Result<Deployment> deployment;
  Runnable beforePage = () -> {};
  final Map<String, Result<Inventory>> pages = new HashMap<>();
  List<String> missingVariables = List.of();
  String account = "default";
  Renewal renewal = Renewal.ANY_TIME;
  Optional<RenewalWindow> window = Optional.empty();
  private final Map<Call, LinkedList<Function<CallContext, Uni<Outcome>>>> script =
      new EnumMap<>(Call.class);
  private final String id;

  public ScriptedProvider(String id) {
    this.id = id;
  }

  public ScriptedProvider on(Call call, Outcome outcome) {
    return WRITES.contains(call)
        ? onWrite(call, () -> {}, outcome)
        : on(call, context -> Uni.createFrom().item(outcome));
  }

  /** As above, with something that happens while the write is on its way. */
  ScriptedProvider onWrite(Call call, Runnable meanwhile, Outcome outcome) {
    return on(
        call, context -> context.intent().apply("Write").invoke(meanwhile).replaceWith(outcome));
  }

  public ScriptedProvider on(Call call, Function<CallContext, Uni<Outcome>> answer) {
    script.computeIfAbsent(call, key -> new LinkedList<>()).add(answer);
    return this;
  }

  private synchronized Uni<Outcome> answer(
      Call call, Application application, CallContext context) {
    calls.add(call);
    seen.add(application);
    LinkedList<Function<CallContext, Uni<Outcome>>> answers = script.get(call);
    if (answers == null || answers.isEmpty()) {
      throw new AssertionError("unexpected " + call + " after " + calls);
    }
    return answers.removeFirst().apply(context);
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        id,
        id,
        Set.of(ValidationMethod.DNS),
        Set.of(KeyAlgorithm.RSA_2048),
        Map.of(),
        List.of("SOME_KEY"),
        capabilities,
        "",
        "",
        Map.of(),
        Duration.ofHours(48));
  }

  @Override
  public Account account() {
    return new Account(account, missingVariables);
  }

  @Override
  public Renewal renewal() {
    return renewal;
  }

  @Override
  public Uni<Outcome> prepare(Application application, CallContext context) {
    return answer(Call.PREPARE, application, context);
  }

  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    return answer(Call.PLACE, application, context);
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    return answer(Call.FIND, application, context);
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    return answer(Call.CHECK, application, context);
  }

  @Override
  public Uni<Outcome> look(Application application, CallContext context) {
    return answer(Call.LOOK, application, context);
  }

  @Override
  public List<String> missingInformation(Application application) {
    return missing;
  }

  @Override
  public Uni<Outcome> submit(Application application, CallContext context) {
    return answer(Call.SUBMIT, application, context);
  }

  @Override
  public Uni<Outcome> cancel(Application application, CallContext context) {
    return answer(Call.CANCEL, application, context);
  }

  @Override
  public Uni<Outcome> delete(Application application, CallContext context) {
    return answer(Call.DELETE, application, context);
  }

  @Override
  public Uni<Outcome> revoke(
      Application application, RevocationReason reason, CallContext context) {
    return answer(Call.REVOKE, application, context);
  }

  @Override
  public Uni<Result<Export>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return Uni.createFrom().item(export);
  }

  @Override
  public Uni<Result<Deployment>> deploy(
      Application application, Map<String, String> target, CallContext context) {
    return context.intent().apply("Deploy").replaceWith(deployment);
  }

  @Override
  public Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return Uni.createFrom().item(window);
  }

  @Override
  public Uni<Result<Inventory>> list(String cursor, CallContext context) {
    beforePage.run();
    return Uni.createFrom().item(pages.get(String.valueOf(cursor)));
  }
}
