package dev.polycert.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;

/** One who knows everything that any provider asks an applicant. */
public final class Applicant {
  private Applicant() {}

  /** As a request has it. */
  public static JsonNode information() {
    return JsonHttp.read(
        """
        {"organization": {
           "name": "Example Ltd", "division": "IT", "country": "CN", "region": "Guangdong",
           "city": "Shenzhen", "address": "1 Example Way", "postalCode": "518000",
           "phoneAreaCode": "0755", "phoneNumber": "86010000"},
         "administrator": {
           "firstName": "Ming", "lastName": "Li", "phone": "13800000000",
           "email": "admin@example.com", "position": "CTO"},
         "contact": {
           "firstName": "Fang", "lastName": "Wang", "phone": "13900000000",
           "email": "contact@example.com", "position": "Operations"},
         "agreePrivacyProtection": true}
        """);
  }
}
