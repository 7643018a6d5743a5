package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the subject of a call, which faults and the journal match by. */
@ApplicationScoped
class Subjects {
  private static final Pattern WORD = Pattern.compile("[\\w*][\\w.*-]*");

  private final Ledger ledger;

  Subjects(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The words of path, query and body, ids of applications replaced by their domains. */
  String of(Request request) {
    String text =
        request.path()
            + " "
            + request.rawQuery()
            + " "
            + new String(request.body(), StandardCharsets.UTF_8);
    return WORD.matcher(text)
        .results()
        .map(match -> ledger.domain(match.group()).orElse(match.group()))
        .collect(Collectors.joining(" "));
  }
}
