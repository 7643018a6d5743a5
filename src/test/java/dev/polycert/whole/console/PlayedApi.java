package dev.polycert.whole.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Answers of the API as a test wants them, in the place of the server's; notes what was sent. */
final class PlayedApi {
  private static final String ID = "\"id\": \"([\\w-]+)\"";

  /** What was posted: the path, a blank and the body. */
  final List<String> posted = new CopyOnWriteArrayList<>();

  private final Map<String, String> answers = new TreeMap<>();
  private volatile List<String> orders = List.of();
  private volatile String members = "";

  /** The orders of the list, each as JSON. */
  PlayedApi orders(String... orders) {
    this.orders = List.of(orders);
    return this;
  }

  /** What an order has beside what the list shows, when it is read alone. */
  PlayedApi alone(String members) {
    this.members = members;
    return this;
  }

  PlayedApi post(String path, String answer) {
    answers.put(path, answer);
    return this;
  }

  /** Stands in for the server from now on; there is no stream of events, so the page polls. */
  void play(Page page) {
    page.route("**/events", route -> route.fulfill(json(404, "{}")));
    page.route("**/orders?*", route -> route.fulfill(json(200, list())));
    page.route("**/orders/*", route -> route.fulfill(json(200, one(route.request()))));
    answers.forEach((path, answer) -> page.route("**" + path, route -> answer(route, answer)));
  }

  private void answer(Route route, String answer) {
    Request request = route.request();
    posted.add(request.url().replaceAll("^https?://[^/]*", "") + " " + request.postData());
    route.fulfill(json(200, answer));
  }

  private String list() {
    return orders.stream().collect(Collectors.joining(",", "{\"orders\": [", "]}"));
  }

  private String one(Request request) {
    String id = request.url().replaceAll(".*/", "");
    String order =
        orders.stream()
            .filter(it -> it.contains(ID.replace("([\\w-]+)", id)))
            .findFirst()
            .orElseThrow();
    return order.substring(0, order.lastIndexOf('}')) + members + "}";
  }

  private static Route.FulfillOptions json(int status, String body) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("application/json")
        .setBody(body);
  }
}
