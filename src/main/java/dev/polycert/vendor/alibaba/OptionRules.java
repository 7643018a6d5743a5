package dev.polycert.vendor.alibaba;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks the options of a target by patterns; a value that passes may become part of a host name.
 */
public final class OptionRules {
  /** The option that names the region of a product. */
  public static final String REGION = "region";

  /** The option that names an additional domain name of a listener. */
  public static final String EXTENSION = "extensionDomain";

  private static final String REGIONS = "[a-z]{2,3}(-[a-z0-9]{1,20}){1,4}";

  private final List<Rule> rules;

  private OptionRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * What one option may be.
   *
   * @param right names a right value, for people
   */
  private record Rule(String option, boolean required, Pattern pattern, String right) {}

  /** Rules that ask for nothing. */
  public static OptionRules none() {
    return new OptionRules(List.of());
  }

  /** The same for a product that is served by region. */
  public OptionRules region() {
    return must(REGION, REGIONS, "a region, cn-hangzhou for example");
  }

  /** The same for a product whose listeners have additional domain names. */
  public OptionRules extension() {
    return may(
        EXTENSION,
        "(\\*\\.|_wildcard\\.)?([a-z0-9-]{1,63}\\.)+[a-z0-9-]{1,63}",
        "a domain name, www.example.com or *.example.com for example");
  }

  /** The name that stands for a wildcard where {@code {domain}} was filled in. */
  public static String withWildcard(String name, String wildcard) {
    return name.replaceFirst("^_wildcard\\.", wildcard);
  }

  /** The same with a required option. */
  public OptionRules must(String option, String pattern, String right) {
    return with(new Rule(option, true, Pattern.compile(pattern), right));
  }

  /** The same with an optional option. */
  public OptionRules may(String option, String pattern, String right) {
    return with(new Rule(option, false, Pattern.compile(pattern), right));
  }

  private OptionRules with(Rule more) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(more);
    return new OptionRules(all);
  }

  /** What is wrong with the options, by name; empty when nothing is. */
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new TreeMap<>();
    for (Rule rule : rules) {
      String given = options.get(rule.option());
      if (given == null && rule.required()) {
        wrong.put(rule.option(), "is missing; " + rule.right());
      } else if (given != null && !rule.pattern().matcher(given).matches()) {
        wrong.put(rule.option(), "must be " + rule.right());
      }
    }
    return wrong;
  }
}
