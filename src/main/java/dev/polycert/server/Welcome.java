package dev.polycert.server;

import dev.polycert.order.Catalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;

/** Shows a developer a first request. */
@ApplicationScoped
public class Welcome {
  private final Catalog catalog;

  Welcome(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A command to paste that applies for two names at every configured provider. */
  String text(String host, int port) {
    String providers =
        catalog.configured().stream().map(id -> '"' + id + '"').collect(Collectors.joining(", "));
    return """
    Polycert answers at http://%1$s:%2$d. Try:

    curl -sS http://%1$s:%2$d/apply -H 'content-type: application/json' -d '{
      "domains": ["www.example.com", "shop.example.com"],
      "providers": [%3$s],
      "information": {
        "organization": {
          "name": "Example Ltd", "country": "CN", "region": "Guangdong", "city": "Shenzhen"
        },
        "administrator": {
          "name": "Li Ming", "phone": "13800000000", "email": "admin@example.com"
        },
        "contact": {
          "name": "Wang Fang", "phone": "13900000000", "email": "contact@example.com"
        },
        "agreePrivacyProtection": true
      }
    }'
    """
        .formatted(host, port, providers);
  }
}
