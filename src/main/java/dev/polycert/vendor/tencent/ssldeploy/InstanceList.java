package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.domain.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named instances that get a certificate (DeployCertificateInstance).
 *
 * @param type {@code clb}
 * @param region null where none was given
 * @param ids in the form of the type
 */
record InstanceList(String type, @Nullable String region, List<String> ids) {
  private static final String PART = "[^|,\\s]{1,255}";

  /** "InstanceIdList": the form of an id, and one for people. */
  private static final Map<String, Form> FORMS = forms();

  /** The types that exist region by region, but whose ids do not name the region. */
  private static final Set<String> REGIONAL =
      Set.of("clb", "tke", "apigateway", "waf", "tse", "tcb", "mqtt");

  private record Form(Pattern pattern, String example) {

    static Form of(int least, int most, String example) {
      return new Form(
          Pattern.compile("%s(\\|%s){%d,%d}".formatted(PART, PART, least - 1, most - 1)), example);
    }
  }

  private static Map<String, Form> forms() {
    Map<String, Form> forms = new TreeMap<>();
    forms.put("clb", Form.of(2, 3, "lb-1|lbl-2, or lb-1|lbl-2|www.example.com with SNI"));
    forms.put("cdn", new Form(Pattern.compile(PART + "(\\|(on|off))?"), "www.example.com|off"));
    forms.put("ddos", Form.of(3, 3, "bgp-1|www.example.com|443"));
    forms.put("cos", Form.of(3, 3, "ap-guangzhou|bucket-1250000000|www.example.com"));
    forms.put("tke", Form.of(3, 3, "cls-1|namespace|secret"));
    forms.put("lighthouse", Form.of(3, 3, "ap-guangzhou|lhins-1|www.example.com"));
    forms.put("tse", Form.of(2, 2, "gateway-1|certificate"));
    forms.put("gaap", Form.of(2, 2, "link-1|listener-1"));
    forms.put("tcb", Form.of(1, 3, "env-1|type|www.example.com"));
    forms.put("apigateway", Form.of(1, 2, "service-1|www.example.com"));
    for (String byDomain : List.of("live", "teo", "vod", "waf")) {
      forms.put(byDomain, Form.of(1, 1, "www.example.com"));
    }
    forms.put("mqtt", Form.of(1, 1, "mqtt-1"));
    return forms;
  }

  static InstanceList of(@Nullable String type, @Nullable String region, String ids) {
    // "ResourceType: clb when not given".
    return new InstanceList(type == null ? "clb" : type, region, ResourceScope.list(ids));
  }

  /** What is wrong with the options, under their names. */
  void wrong(String typeOption, String regionOption, String idsOption, Map<String, String> wrong) {
    Form form = FORMS.get(type);
    if (form == null) {
      wrong.put(
          typeOption,
          "'%s' is none that can be named; must be one of %s"
              .formatted(Printable.of(type, 40), FORMS.keySet()));
      return;
    }
    List<String> odd =
        ids.stream().filter(id -> !form.pattern().matcher(id).matches()).limit(3).toList();
    if (ids.isEmpty() || !odd.isEmpty()) {
      String which =
          odd.isEmpty()
              ? ""
              : "has %s in another form; ".formatted(Printable.of(odd.toString(), 200));
      wrong.put(
          idsOption, which + "must be a comma-separated list; of " + type + ": " + form.example());
    }
    if (region == null && REGIONAL.contains(type)) {
      wrong.put(regionOption, "is missing; " + type + " exists region by region");
    } else if (region != null && !ResourceScope.isRegion(region)) {
      wrong.put(regionOption, "must be a region such as ap-guangzhou");
    }
  }
}
