using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Interclustering.Node.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MemberMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Calendar",
                table: "Mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Group",
                table: "Mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Link",
                table: "Mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Member",
                table: "Mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Unsubscribe",
                table: "Mails",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "Waits",
                table: "Mails",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "MailChoices",
                columns: table => new
                {
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Group = table.Column<string>(type: "TEXT", nullable: false),
                    Time = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailChoices", x => new { x.Member, x.Group });
                    table.ForeignKey(
                        name: "FK_MailChoices_AspNetUsers_Member",
                        column: x => x.Member,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SlotInvitations",
                columns: table => new
                {
                    Dossier = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    Slot = table.Column<string>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotInvitations", x => new { x.Dossier, x.Member });
                    table.ForeignKey(
                        name: "FK_SlotInvitations_AspNetUsers_Member",
                        column: x => x.Member,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Mails_Member",
                table: "Mails",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_SlotInvitations_Member",
                table: "SlotInvitations",
                column: "Member");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailChoices");

            migrationBuilder.DropTable(
                name: "SlotInvitations");

            migrationBuilder.DropIndex(
                name: "IX_Mails_Member",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Calendar",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Group",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Link",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Member",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Unsubscribe",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Waits",
                table: "Mails");
        }
    }
}
