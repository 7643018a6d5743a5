package dev.polycert.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Descriptor;
import dev.polycert.deliver.Deliverer;
import dev.polycert.function.OrdersFunction;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Problem;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Catalog;
import dev.polycert.order.Scope;
import dev.polycert.order.Transition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes the API by OpenAPI 3.1: routes from the operations, requests from their readers,
 * options from the descriptors, answers from their records, words from the README.
 */
final class Description {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern ROW = Pattern.compile("\\| (`[A-Z]+ /[^|]*`) \\| (.*) \\|");

  /** They take what event sources send, or nothing. */
  private static final List<String> UNREAD = List.of("dns-changed", "renew");

  private static final String STREAM = "text/event-stream";

  private final Catalog catalog;
  private final Map<String, String> words;
  private final JsonNode examples;
  private final JsonNode answered;
  private final ObjectNode document = NODES.objectNode();
  private final ObjectNode schemas = NODES.objectNode();
  private final AnswerShape answers = new AnswerShape(schemas);

  /**
   * @param readme has a table with a row for each route
   * @param examples requests, by the name of their operation
   * @param answered answers, by the id of their operation
   */
  Description(Catalog catalog, String readme, JsonNode examples, JsonNode answered) {
    this.catalog = catalog;
    this.words = words(readme);
    this.examples = examples;
    this.answered = answered;
  }

  private static Map<String, String> words(String readme) {
    Map<String, String> words = new TreeMap<>();
    Matcher rows = ROW.matcher(readme);
    while (rows.find()) {
      for (String route : rows.group(1).split(", ")) {
        words.put(route.replace("`", ""), rows.group(2).replaceAll("\\]\\([^)]*\\)", "]"));
      }
    }
    return words;
  }

  ObjectNode of(List<Operation> operations) {
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Polycert")
        .put("version", "1")
        .put("summary", "Applies for, validates, renews and delivers TLS certificates.")
        .putObject("license")
        .put("name", "Apache 2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("security").addObject().putArray("bearer");
    ((ArrayNode) document.get("security")).addObject().putArray("key");
    ObjectNode paths = document.putObject("paths");
    operations.stream()
        .filter(operation -> !operation.routes().isEmpty())
        .sorted(Comparator.comparing(Operation::name))
        .forEach(operation -> operation.routes().forEach(route -> path(paths, operation, route)));
    events(paths);
    probes(paths);
    certificates(paths);
    exemplify(paths);
    components();
    return document;
  }

  private void path(ObjectNode paths, Operation operation, Route route) {
    ObjectNode item = (ObjectNode) paths.get(route.path());
    ObjectNode call =
        (item == null ? paths.putObject(route.path()) : item)
            .putObject(route.method().toLowerCase(Locale.ROOT));
    boolean one = route.path().contains("{");
    call.put("operationId", operation.name() + (one ? "-one" : ""));
    call.put("description", words.getOrDefault(route.toString(), ""));
    security(call, route.scope());
    ObjectNode request =
        UNREAD.contains(operation.name())
            ? NODES.objectNode().put("type", "object")
            : described(new RequestShape(operation).schema());
    if (route.method().equals("POST")) {
      body(call, operation.name(), request);
    } else {
      parameters(call, request, one);
    }
    responses(call, operation, route);
  }

  /** The scope, as a role that is required (OpenAPI 3.1, Security Requirement Object). */
  private static void security(ObjectNode call, Scope scope) {
    ArrayNode security = call.putArray("security");
    List.of("bearer", "key").forEach(by -> security.addObject().putArray(by).add(scope.text()));
  }

  /** The route of the one-process server that no operation answers. */
  private void events(ObjectNode paths) {
    ObjectNode call = paths.putObject("/events").putObject("get");
    call.put("operationId", "events");
    call.put("description", words.getOrDefault("GET /events", ""));
    security(call, Scope.READ);
    call.putArray("parameters")
        .addObject()
        .put("name", "Last-Event-ID")
        .put("in", "header")
        .put("required", false)
        .putObject("schema")
        .put("type", "string");
    ObjectNode responses = call.putObject("responses");
    ObjectNode stream = NODES.objectNode().put("type", "string");
    response(responses, "200", "Each `data` of a `transition` is a Transition", STREAM, stream);
    answers.of(Transition.class);
    ObjectNode problem = answers.of(Problem.class);
    response(responses, "default", "A problem (RFC 9457)", Problem.MEDIA_TYPE, problem);
  }

  /** What a process says of itself; the probes and the description need no key. */
  private void probes(ObjectNode paths) {
    ObjectNode index = open(paths, "/", "index");
    security(index, Scope.READ);
    ObjectNode links = object("description", "health", "metrics", "events", "certificates");
    answer(index, "application/json", links);
    ((ObjectNode) links.get("properties"))
        .putObject("routes")
        .put("type", "array")
        .set("items", object("method", "path", "scope"));
    answer(open(paths, "/openapi.json", "description"), "application/json", any());
    for (String path : List.of("/health/live", "/health/ready")) {
      ObjectNode call = open(paths, path, path.substring(1).replace('/', '-'));
      answer(call, "application/json", any());
      ObjectNode unready = any();
      response((ObjectNode) call.get("responses"), "503", "Not ready", "application/json", unready);
    }
    ObjectNode metrics = open(paths, "/metrics", "metrics");
    security(metrics, Scope.READ);
    answer(metrics, "text/plain", NODES.objectNode().put("type", "string"));
  }

  private ObjectNode open(ObjectNode paths, String path, String id) {
    ObjectNode call = paths.putObject(path).putObject("get");
    call.put("operationId", id);
    call.put("description", words.getOrDefault("GET " + path, ""));
    call.putArray("security");
    return call;
  }

  private void answer(ObjectNode call, String type, ObjectNode schema) {
    ObjectNode responses = call.putObject("responses");
    response(responses, "200", "The answer", type, schema);
    ObjectNode problem = answers.of(Problem.class);
    response(responses, "default", "A problem (RFC 9457)", Problem.MEDIA_TYPE, problem);
  }

  private static ObjectNode any() {
    return NODES.objectNode().put("type", "object").put("additionalProperties", true);
  }

  private static ObjectNode object(String... texts) {
    ObjectNode object = NODES.objectNode().put("type", "object");
    ObjectNode members = object.putObject("properties");
    List.of(texts).forEach(text -> members.putObject(text).put("type", "string"));
    return object;
  }

  /** The route that pull keys open, and nothing else. */
  private void certificates(ObjectNode paths) {
    ObjectNode call = open(paths, "/certificates/{certificate}", "pull");
    call.put("description", words.getOrDefault("GET /certificates/{order or domain}", ""));
    call.withArray("security").addObject().putArray("pullKey");
    ArrayNode parameters = call.putArray("parameters");
    List.of("path certificate", "header If-None-Match", "header Accept")
        .forEach(
            each -> {
              String[] parts = each.split(" ", 2);
              parameters
                  .addObject()
                  .put("name", parts[1])
                  .put("in", parts[0])
                  .put("required", parts[0].equals("path"))
                  .putObject("schema")
                  .put("type", "string");
            });
    answer(call, "application/x-pem-file", NODES.objectNode().put("type", "string"));
    ((ObjectNode) call.at("/responses/200/content")).putObject("application/pkcs12");
    ((ObjectNode) call.get("responses"))
        .putObject("304")
        .put("description", "The caller has it already");
  }

  /** Adds its example of an answer to each operation that has one. */
  private void exemplify(ObjectNode paths) {
    paths.forEach(
        path ->
            path.forEach(
                call -> {
                  JsonNode example = answered.path(call.path("operationId").asText());
                  if (call.at("/responses/200/content/application~1json") instanceof ObjectNode json
                      && !example.isMissingNode()) {
                    json.set("example", example);
                  }
                }));
  }

  private static void parameters(ObjectNode call, ObjectNode request, boolean one) {
    ArrayNode parameters = call.putArray("parameters");
    request
        .path("properties")
        .properties()
        .forEach(
            member -> {
              if (member.getKey().equals("id") == one) {
                parameters
                    .addObject()
                    .put("name", member.getKey())
                    .put("in", one ? "path" : "query")
                    .put("required", one)
                    .set("schema", member.getValue());
              }
            });
  }

  private void body(ObjectNode call, String operation, ObjectNode request) {
    String name = operation + "-request";
    schemas.set(name, request);
    ObjectNode json =
        call.putObject("requestBody")
            .put("required", true)
            .putObject("content")
            .putObject("application/json");
    json.putObject("schema").put("$ref", "#/components/schemas/" + name);
    if (examples.has(operation)) {
      json.set("example", examples.get(operation));
    }
  }

  /** Adds what the descriptors know: providers, deliverers and their options. */
  private ObjectNode described(ObjectNode request) {
    ObjectNode members = (ObjectNode) request.get("properties");
    if (members == null) {
      return request;
    }
    if (members.has("providers")) {
      ArrayNode ids = ((ObjectNode) members.get("providers").get("items")).putArray("enum");
      catalog.ids().forEach(ids::add);
    }
    if (members.has("providerOptions")) {
      ObjectNode byProvider = NODES.objectNode().put("type", "object");
      ObjectNode properties = byProvider.putObject("properties");
      catalog.ids().stream()
          .flatMap(id -> catalog.descriptor(id).stream())
          .forEach(descriptor -> properties.set(descriptor.id(), options(descriptor)));
      members.set("providerOptions", byProvider.put("additionalProperties", false));
    }
    for (String name : List.of("deliver", "remove")) {
      if (members.has(name)) {
        ((ObjectNode) members.get(name)).set("items", target());
      }
    }
    return request;
  }

  private static ObjectNode options(Descriptor descriptor) {
    ObjectNode options = NODES.objectNode().put("type", "object");
    ObjectNode properties = options.putObject("properties");
    descriptor.options().forEach(option -> properties.set(option.name(), option(option.meaning())));
    return options.put("additionalProperties", false);
  }

  private static ObjectNode option(String meaning) {
    ObjectNode option = NODES.objectNode();
    option.putArray("type").add("string").add("number").add("boolean");
    return option.put("description", meaning);
  }

  private ObjectNode target() {
    ObjectNode target = NODES.objectNode().put("type", "object");
    ObjectNode to = target.putObject("properties").putObject("to").put("type", "string");
    ArrayNode ids = to.putArray("enum");
    StringBuilder all = new StringBuilder("Options by deliverer:");
    for (Deliverer deliverer : catalog.deliverers().values()) {
      ids.add(deliverer.id());
      all.append(" `").append(deliverer.id()).append("`: ");
      deliverer.service().descriptor().options().stream()
          .map(option -> option.name() + (option.required() ? " (required)" : ""))
          .reduce((one, other) -> one + ", " + other)
          .ifPresent(all::append);
      all.append('.');
    }
    target.putArray("required").add("to");
    target.set("additionalProperties", option("an option of the deliverer"));
    return target.put("description", all.toString());
  }

  private void responses(ObjectNode call, Operation operation, Route route) {
    ObjectNode responses = call.putObject("responses");
    ObjectNode schema = answers.of(answer(operation, route));
    response(responses, "200", "The answer", "application/json", schema);
    if (operation.table(NODES.objectNode()).isPresent() && !route.path().contains("{")) {
      ((ObjectNode) responses.at("/200/content"))
          .putObject("text/csv")
          .putObject("schema")
          .put("type", "string");
    }
    if (operation.name().equals("apply")) {
      response(responses, "202", "Some orders are not sent yet", "application/json", schema);
    }
    ObjectNode problem = answers.of(Problem.class);
    response(responses, "default", "A problem (RFC 9457)", Problem.MEDIA_TYPE, problem);
  }

  private static void response(
      ObjectNode responses, String status, String words, String type, ObjectNode schema) {
    responses
        .putObject(status)
        .put("description", words)
        .putObject("content")
        .putObject(type)
        .set("schema", schema);
  }

  /** The type in the operation's {@code Uni<Answer> run(…)}. */
  private static Type answer(Operation operation, Route route) {
    Class<?> type = operation.getClass();
    while (type.isSynthetic() || type.getSimpleName().contains("_")) {
      type = type.getSuperclass();
    }
    if (type == OrdersFunction.class) {
      return route.path().contains("{")
          ? OrdersFunction.OneAnswer.class
          : OrdersFunction.PageAnswer.class;
    }
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("run") && !method.isBridge())
        .map(method -> ((ParameterizedType) method.getGenericReturnType()))
        .map(uni -> uni.getActualTypeArguments()[0])
        .filter(Class.class::isInstance)
        .findFirst()
        .orElseThrow();
  }

  private void components() {
    ObjectNode components = document.putObject("components");
    ObjectNode sorted = components.putObject("schemas");
    Map<String, JsonNode> byName = new TreeMap<>();
    schemas.properties().forEach(schema -> byName.put(schema.getKey(), schema.getValue()));
    byName.forEach(sorted::set);
    ObjectNode security = components.putObject("securitySchemes");
    security.putObject("bearer").put("type", "http").put("scheme", "bearer");
    security.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-Api-Key");
    security.putObject("pullKey").put("type", "http").put("scheme", "bearer");
  }
}
