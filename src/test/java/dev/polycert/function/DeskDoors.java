package dev.polycert.function;

import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.NoChannels;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Delegate;
import dev.polycert.order.use.Desk;
import dev.polycert.order.use.Reports;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Every operation with a route, over the use cases of a desk. */
public final class DeskDoors {
  /** The scope of each route. A person adds each new route here. */
  public static final Map<String, Scope> SCOPES =
      Map.ofEntries(
          Map.entry("POST /adopt", Scope.APPLY),
          Map.entry("POST /apply", Scope.APPLY),
          Map.entry("POST /cancel", Scope.APPLY),
          Map.entry("POST /check-served", Scope.READ),
          Map.entry("POST /check-verification", Scope.APPLY),
          Map.entry("POST /delegations", Scope.READ),
          Map.entry("POST /deliver", Scope.DELIVER),
          Map.entry("POST /deploy", Scope.DELIVER),
          Map.entry("POST /dns-changed", Scope.APPLY),
          Map.entry("POST /export", Scope.READ),
          Map.entry("GET /keys", Scope.ADMIN),
          Map.entry("POST /keys", Scope.ADMIN),
          Map.entry("DELETE /keys/{id}", Scope.ADMIN),
          Map.entry("GET /pull-keys", Scope.EXPORT_KEY),
          Map.entry("POST /pull-keys", Scope.EXPORT_KEY),
          Map.entry("DELETE /pull-keys/{id}", Scope.EXPORT_KEY),
          Map.entry("GET /orders", Scope.READ),
          Map.entry("GET /orders/summary", Scope.READ),
          Map.entry("POST /notify-test", Scope.ADMIN),
          Map.entry("GET /orders/{id}", Scope.READ),
          Map.entry("GET /providers", Scope.READ),
          Map.entry("POST /renew", Scope.APPLY),
          Map.entry("POST /submit-information", Scope.APPLY));

  private static final Delegate NO_DELEGATING = null;

  private DeskDoors() {}

  public static List<Operation> of(Desk desk) {
    Invocation door = Parts.invocation();
    return List.of(
        new AdoptFunction(door, desk.catalog, desk.adopt),
        new ApplyFunction(door, desk.catalog, Doors.VAULT, desk.apply, desk.own, Clock.systemUTC()),
        new CancelFunction(door, desk.cancel, desk.own),
        new CheckServedFunction(door, desk.checkServed, desk.own),
        new CheckVerificationFunction(door, desk.check),
        new DelegationsFunction(door, desk.catalog, NO_DELEGATING),
        new DeliverFunction(door, desk.catalog, desk.deliver, desk.own),
        new DeployFunction(door, desk.catalog, desk.deploy, desk.own),
        new DnsChangedFunction(door, desk.dnsChange),
        new ExportFunction(door, desk.export, desk.own),
        new ListApiKeys(desk.accessKeys),
        new ListPullKeys(desk.accessKeys),
        new MakeApiKey(desk.accessKeys, desk.catalog),
        new MakePullKey(desk.accessKeys),
        new NotifyTestFunction(door, NoChannels.HERE),
        new OrdersFunction(
            door,
            desk.catalog,
            desk.book,
            desk.own,
            Reports.sorted(desk.book, Parts.CLOCK),
            Parts.MAPPER),
        new ProvidersFunction(door, desk.catalog),
        new RenewFunction(door, desk.renew),
        new RevokeApiKey(desk.accessKeys),
        new RevokePullKey(desk.accessKeys),
        new SubmitInformationFunction(door, Doors.VAULT, desk.submit, desk.own),
        new SummaryFunction(
            door, desk.catalog, Reports.summarize(desk.book, Parts.CLOCK), desk.own));
  }
}
