using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Interclustering.Node.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DemonstrationAndKeeping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "WorkingCopies",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsDemonstration",
                table: "Tokens",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "Mails",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "FileToDelete",
                table: "Mails",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsDemonstration",
                table: "AspNetUsers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsDemonstration",
                table: "AccessLinks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Accounts, and what they let in, from before the flag: the list of actions says whom a demonstration account has invited.
            migrationBuilder.Sql("""
                UPDATE "AspNetUsers" SET "IsDemonstration" = TRUE WHERE "Email" LIKE 'equipe@%.example';
                UPDATE "AspNetUsers" SET "IsDemonstration" = TRUE WHERE "Email" IN (SELECT "What" FROM "Audit" WHERE "Action" = 'invited'
                    AND "Member" IN (SELECT "Id" FROM "AspNetUsers" WHERE "IsDemonstration" = TRUE));
                UPDATE "AspNetUsers" SET "IsDemonstration" = TRUE WHERE "Email" IN (SELECT "What" FROM "Audit" WHERE "Action" = 'invited'
                    AND "Member" IN (SELECT "Id" FROM "AspNetUsers" WHERE "IsDemonstration" = TRUE));
                UPDATE "AccessLinks" SET "IsDemonstration" = TRUE WHERE "Email" IN (SELECT "What" FROM "Audit" WHERE "Action" = 'invited'
                    AND "Member" IN (SELECT "Id" FROM "AspNetUsers" WHERE "IsDemonstration" = TRUE));
                UPDATE "Tokens" SET "IsDemonstration" = TRUE WHERE "CreatedBy" IN (SELECT "Name" FROM "AspNetUsers" WHERE "IsDemonstration" = TRUE);
                """);
            // A hold of a name that two members have goes to neither.
            migrationBuilder.Sql("""
                UPDATE "WorkingCopies" SET "Owner" = (SELECT MIN("Id") FROM "AspNetUsers" WHERE "Name" = "EditedBy" GROUP BY "Name" HAVING COUNT(*) = 1)
                    WHERE "Kind" = 'date-hold';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Owner",
                table: "WorkingCopies");

            migrationBuilder.DropColumn(
                name: "IsDemonstration",
                table: "Tokens");

            migrationBuilder.DropColumn(
                name: "About",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "FileToDelete",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "IsDemonstration",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "IsDemonstration",
                table: "AccessLinks");
        }
    }
}
