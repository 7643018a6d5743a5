package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate is to be deployed.
 *
 * @param projects none for CDN, which is in no region
 * @param resources accelerated domains of CDN, resource ids of WAF and ELB; empty when the service
 *     is only to get a copy
 * @param acceptsFee whether a deployment that costs money may be made
 */
record ScmTarget(
    String service,
    List<String> projects,
    List<String> resources,
    @Nullable String type,
    @Nullable String enterpriseProjectId,
    boolean acceptsFee) {
  static final String CDN = "CDN";
  private static final String WAF = "WAF";
  private static final String SERVICE = "service";
  private static final String PROJECT = "project";
  private static final String RESOURCES = "resources";
  private static final String TYPE = "type";
  private static final String ENTERPRISE_PROJECT_ID = "enterpriseProjectId";
  private static final String ACCEPT_FEE = "acceptFee";
  private static final int MOST_PROJECTS = 10;
  private static final int MOST_RESOURCES = 20;
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  static final Map<String, String> MEANINGS =
      Map.of(
          SERVICE,
          "CDN, WAF or ELB",
          PROJECT,
          "the region or project of the service, cn-north-4 for example; several, separated by"
              + " commas, where no resources are named",
          RESOURCES,
          "what to put the certificate on, separated by commas: accelerated domains of CDN,"
              + " resource ids of WAF or ELB. Without it the service gets a copy to choose from",
          TYPE,
          "of WAF resources: cloud or premium",
          ENTERPRISE_PROJECT_ID,
          "of WAF resources: the enterprise project that they belong to",
          ACCEPT_FEE,
          "true: pay what Huawei Cloud asks for putting a free test certificate or an uploaded one"
              + " on a resource (CNY 30 for each domain); false (default): never");

  ScmTarget {
    projects = List.copyOf(projects);
    resources = List.copyOf(resources);
  }

  static ScmTarget of(Map<String, String> target) {
    return new ScmTarget(
        target.getOrDefault(SERVICE, ""),
        list(target.get(PROJECT)),
        list(target.get(RESOURCES)),
        target.get(TYPE),
        target.get(ENTERPRISE_PROJECT_ID),
        "true".equals(target.get(ACCEPT_FEE)));
  }

  private static List<String> list(@Nullable String text) {
    return text == null
        ? List.of()
        : COMMA.splitAsStream(text.strip()).filter(item -> !item.isEmpty()).distinct().toList();
  }

  /** What is wrong with a target, found without asking the vendor. */
  static Optional<VendorError> refusal(Map<String, String> target) {
    List<String> problems = new ArrayList<>();
    new TreeSet<>(target.keySet())
        .stream()
            .filter(name -> !MEANINGS.containsKey(name))
            .forEach(
                name -> problems.add(name + ": is none of " + new TreeSet<>(MEANINGS.keySet())));
    oneOf(target, SERVICE, List.of(CDN, WAF, "ELB"), true, problems);
    oneOf(target, ACCEPT_FEE, List.of("true", "false"), false, problems);
    ScmTarget read = of(target);
    boolean resourcesOfWaf = read.service.equals(WAF) && !read.resources.isEmpty();
    Stream.of(TYPE, ENTERPRISE_PROJECT_ID)
        .filter(name -> target.containsKey(name) && !resourcesOfWaf)
        .forEach(name -> problems.add(name + ": counts for resources of WAF only; leave it out"));
    if (read.resources.isEmpty()) {
      count(PROJECT, read.projects, MOST_PROJECTS, "where no resources are named", problems);
    } else {
      count(RESOURCES, read.resources, MOST_RESOURCES, "", problems);
      if (!read.service.equals(CDN)) {
        count(PROJECT, read.projects, 1, "for resources of " + read.service, problems);
      }
      if (resourcesOfWaf) {
        oneOf(target, TYPE, List.of("cloud", "premium"), true, problems);
      }
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VendorError(ErrorClass.FINAL, "Target.Invalid", String.join("; ", problems)));
  }

  private static void oneOf(
      Map<String, String> target,
      String name,
      List<String> choices,
      boolean needed,
      List<String> problems) {
    String value = target.get(name);
    if (value == null ? needed : !choices.contains(value)) {
      String found = value == null ? "is missing" : "'" + value + "' is wrong";
      problems.add(name + ": " + found + ", must be one of " + String.join(", ", choices));
    }
  }

  private static void count(
      String name, List<String> values, int most, String when, List<String> problems) {
    if (values.isEmpty() || values.size() > most) {
      String right = most == 1 ? "one is needed " : "1 to " + most + " are needed ";
      problems.add(name + ": has " + values.size() + ", " + (right + when).strip());
    }
  }

  /** The write that puts the certificate on the resources. */
  ScmApi.DeployRequest deploy(List<String> some) {
    boolean cdn = service.equals(CDN);
    List<ScmApi.Resource> named =
        some.stream()
            .map(
                each ->
                    cdn
                        ? new ScmApi.Resource(null, null, each, null)
                        : new ScmApi.Resource(each, type, null, enterpriseProjectId))
            .toList();
    return new ScmApi.DeployRequest(
        projects.isEmpty() ? null : projects.getFirst(), service, named);
  }

  /** For people. */
  String describe() {
    return Stream.of(service, String.join(", ", projects), String.join(", ", resources))
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }
}
