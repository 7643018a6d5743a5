package dev.polycert.vendor.huawei;

import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * A product that is separate in each region and project; options name both.
 *
 * @param <A> the interface whose methods are the operations
 */
public final class RegionalProduct<A> {
  private static final String REGION = "region";
  private static final String PROJECT = "projectId";

  /** The regions of Huawei Cloud's SDK 3.1.212; only these become part of a host. */
  private static final List<String> REGIONS =
      List.of(
          "ae-ad-1",
          "af-south-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-southeast-3",
          "ap-southeast-4",
          "cn-east-2",
          "cn-east-3",
          "cn-east-5",
          "cn-north-1",
          "cn-north-2",
          "cn-north-4",
          "cn-north-9",
          "cn-south-1",
          "cn-south-2",
          "cn-southwest-2",
          "eu-west-0",
          "eu-west-101",
          "la-north-2",
          "la-south-2",
          "me-east-1",
          "my-kualalumpur-1",
          "na-mexico-1",
          "ru-moscow-1",
          "ru-northwest-2",
          "sa-brazil-1",
          "tr-west-1");

  /** "Obtaining a Project ID". */
  private static final Pattern PROJECT_ID = Pattern.compile("[0-9a-z]{32}");

  private final Descriptor descriptor;
  private final String host;
  private final Class<A> api;
  private final Clients clients;
  private final Clients.Signing signing;
  private final String project;
  private final Map<String, Client<A>> byRegion = new ConcurrentHashMap<>();

  /**
   * @param host its name in host names, {@code elb}
   */
  public RegionalProduct(
      Descriptor descriptor, String host, Class<A> api, Clients clients, Config config) {
    this.descriptor = descriptor;
    this.host = host;
    this.api = api;
    this.clients = clients;
    this.signing = SdkHmacSigner.with(config);
    this.project = SdkHmacSigner.projectId(config);
  }

  /** Describes a product with the variables and the options that all of them have. */
  public static Descriptor describe(String id, String title) {
    return Descriptor.of(id, title)
        .keyId("HUAWEICLOUD_SDK_AK")
        .secret("HUAWEICLOUD_SDK_SK")
        .token("HUAWEICLOUD_SDK_SECURITY_TOKEN")
        .role(EcsAgency.ROLE)
        .variable(SdkHmacSigner.PROJECT_ID, false, "or the option `" + PROJECT + "`")
        .required(REGION, "the region, cn-north-4 for example")
        .option(
            PROJECT,
            "the id of the project there; `" + SdkHmacSigner.PROJECT_ID + "` when not given");
  }

  /** The product, with the credentials that all regions have in common. */
  public Service service() {
    return clients.service(descriptor);
  }

  /** What is wrong with the options that name the region and the project; may be added to. */
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    String region = options.get(REGION);
    if (region == null) {
      wrong.put(REGION, "is missing; cn-north-4 for example");
    } else if (!REGIONS.contains(region)) {
      wrong.put(REGION, "is no region of Huawei Cloud; cn-north-4 for example");
    }
    String project = project(options);
    if (project.isEmpty()) {
      wrong.put(PROJECT, "is missing, and " + SdkHmacSigner.PROJECT_ID + " is not set");
    } else if (!PROJECT_ID.matcher(project).matches()) {
      wrong.put(PROJECT, "must be 32 lower-case letters and digits");
    }
    return wrong;
  }

  /** The project of options in which nothing is wrong. */
  public String project(Map<String, String> options) {
    return options.getOrDefault(PROJECT, project);
  }

  /** The client for the region of options in which nothing is wrong. */
  public Client<A> client(Map<String, String> options) {
    return byRegion.computeIfAbsent(options.getOrDefault(REGION, ""), this::client);
  }

  private Client<A> client(String region) {
    return clients.client(
        descriptor.at("https://%s.%s.myhuaweicloud.com".formatted(host, region)),
        new ServiceSettings(Optional.empty(), Optional.of(region), Map.of()),
        api,
        signing);
  }
}
